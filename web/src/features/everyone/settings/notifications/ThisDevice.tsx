import { type Device, type Devices, notificationsDevicesRetrieve } from "@jobsphere/api-client";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { useAccount } from "@/lib/account";
import { ask } from "@/lib/api";
import { currentState, type PushState, removeDevice, turnOff, turnOn } from "@/lib/push";
import { formatAgo } from "@/lib/time";
import { t } from "@jobsphere/domain/text";

const KEY = ["notifications", "devices"];

const WORDS: Record<PushState, { title: string; text: string }> = {
  on: { title: t("On"), text: t("This device shows what happens, also when JobSphere is closed.") },
  off: { title: t("Off"), text: t("Turn it on to hear of offers, messages and money when JobSphere is closed.") },
  blocked: {
    title: t("Blocked by the browser"),
    text: t("Notifications of this site are not allowed here. Allow them in the browser, at the lock or the sliders beside the address; then come back."),
  },
  unsupported: { title: t("Not possible here"), text: t("This browser cannot show push messages, or does not in a private window. E-mail and the bell work.") },
  "install-first": {
    title: t("Add JobSphere to your home screen first"),
    text: t("On an iPhone, tap Share, then Add to Home Screen. Open JobSphere from there, and turn notifications on."),
  },
  elsewhere: { title: t("Not set up"), text: t("This marketplace does not send push messages to browsers. E-mail and the bell work.") },
};

/** Push on this device, in honest words, and the other devices that have it. */
export function ThisDevice() {
  const devices = useQuery({
    queryKey: KEY,
    queryFn: async () => {
      const told = await ask(notificationsDevicesRetrieve());
      return { ...told, state: await currentState(told) };
    },
  });
  return (
    <Section title={t("On this device")}>
      {devices.isError ? <Failed error={devices.error} retry={() => void devices.refetch()} /> : null}
      {devices.isPending ? <Loading rows={1} height={120} /> : null}
      {devices.data ? <Here devices={devices.data} state={devices.data.state} /> : null}
      {devices.data ? <Others devices={devices.data.devices.filter((each) => !each.here)} /> : null}
    </Section>
  );
}

function Here({ devices, state }: { devices: Devices; state: PushState }) {
  const queries = useQueryClient();
  const { data: account } = useAccount();
  const change = useMutation({
    mutationFn: async () => {
      if (state === "on") await turnOff(devices);
      else if (account) await turnOn(account.id, devices.web_push_key);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  return (
    <Stack className="js-card" gap="xs" align="flex-start" data-push={state}>
      <Text fw={650} role="status">
        {WORDS[state].title}
      </Text>
      <Text>{WORDS[state].text}</Text>
      {change.isError ? <Failed error={change.error} /> : null}
      {state === "on" || state === "off" ? (
        <Button variant={state === "on" ? "default" : "filled"} loading={change.isPending} disabled={!account} onClick={() => change.mutate()}>
          {state === "on" ? t("Turn off on this device") : t("Turn on notifications")}
        </Button>
      ) : null}
    </Stack>
  );
}

function Others({ devices }: { devices: Device[] }) {
  const queries = useQueryClient();
  const remove = useMutation({ mutationFn: removeDevice, onSettled: () => queries.invalidateQueries({ queryKey: KEY }) });
  if (devices.length === 0) return null;
  return (
    <Stack className="js-card" gap="sm">
      <Text fw={650}>{t("Also on")}</Text>
      {devices.map((device) => (
        <Group key={device.id} justify="space-between" gap="xs">
          <span>
            {device.name || (device.kind === "fcm" ? t("A phone") : t("A browser"))}
            <Text size="sm" c="dimmed">
              {device.last_sent_at ? t("Last message {ago}", { ago: formatAgo(device.last_sent_at) }) : t("No message yet")}
            </Text>
          </span>
          <Button variant="default" size="sm" loading={remove.isPending && remove.variables === device.id} onClick={() => remove.mutate(device.id)} aria-label={t("Turn off on {device}", { device: device.name || t("this device") })}>
            {t("Turn off")}
          </Button>
        </Group>
      ))}
      {remove.isError ? <Failed error={remove.error} /> : null}
    </Stack>
  );
}
