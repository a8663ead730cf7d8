import { Group, Switch, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { useSettings } from "./useSettings";
import { t } from "@jobsphere/domain/text";

const NIGHT = { quiet_from: "22:00", quiet_to: "07:00" };

/** Hours in which the phone is silent and e-mail waits. */
export function Quiet() {
  const { settings, save } = useSettings();
  if (settings.isError) return null; // Reading says so, and how to go on
  if (!settings.data) return <Loading rows={1} height={120} />;
  const { quiet_from, quiet_to, time_zone } = settings.data;
  return (
    <Section title={t("Quiet hours")}>
      <div className="js-card">
        <Switch
          label={t("Leave me alone at certain hours")}
          checked={quiet_from !== null}
          disabled={save.isPending}
          onChange={(event) => save.mutate(event.currentTarget.checked ? NIGHT : { quiet_from: null, quiet_to: null })}
        />
        {quiet_from !== null && quiet_to !== null ? (
          <Group gap="md" mt="md" align="flex-end">
            <Hour label={t("From")} value={quiet_from} onChange={(value) => save.mutate({ quiet_from: value })} />
            <Hour label={t("Until")} value={quiet_to} onChange={(value) => save.mutate({ quiet_to: value })} />
          </Group>
        ) : null}
        <Text size="sm" c="dimmed" mt="sm">
          {t("By the clock in {timeZone}. Push and e-mail wait until the end; what must be known comes all the same.", { timeZone: time_zone.replaceAll("_", " ") })}
        </Text>
        {save.isError ? <Failed error={save.error} /> : null}
      </div>
    </Section>
  );
}

/** A time of day that is kept once it is whole and one leaves the field. */
function Hour({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const [typed, type] = useState(value);
  return (
    <TextInput
      type="time"
      label={label}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={() => {
        if (typed === "") type(value);
        else if (typed !== value) onChange(typed);
      }}
    />
  );
}
