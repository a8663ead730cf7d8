import { notificationsUnsubscribeCreate, notificationsUnsubscribeRetrieve } from "@jobsphere/api-client";
import { Button, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Page } from "@/components/Page";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { t } from "@jobsphere/domain/text";

/** The page behind "No more e-mails of this kind": says what it would do, and does it without a sign-in. */
export function UnsubscribePage() {
  const token = useTokenOnce();
  const link = useQuery({
    queryKey: ["unsubscribe", token],
    queryFn: () => ask(notificationsUnsubscribeRetrieve({ query: { token } })),
    enabled: token !== "",
    retry: false,
  });
  const stop = useMutation({ mutationFn: () => ask(notificationsUnsubscribeCreate({ query: { token } })) });
  const shown = stop.data ?? link.data;
  if (!token || asProblem(link.error).status === 404) return <Wrong />;
  return (
    <Page title={shown?.done ? t("No more of these e-mails") : t("Fewer e-mails?")} narrow>
      {link.isPending ? <Loading rows={1} height={120} /> : null}
      {link.isError ? <Failed error={link.error} /> : null}
      {shown ? (
        <Stack className="js-card" gap="sm" align="flex-start">
          <Text role="status">{shown.done ? doneWords(shown.label) : askWords(shown.label)}</Text>
          {stop.isError ? <Failed error={stop.error} /> : null}
          {shown.done ? null : (
            <Button loading={stop.isPending} onClick={() => stop.mutate()}>
              {t("No more of these e-mails")}
            </Button>
          )}
        </Stack>
      ) : null}
      <Button component={Link} to="/settings/notifications" variant="default">
        {t("Choose what I hear, and how")}
      </Button>
    </Page>
  );
}

function askWords(label: string): string {
  return label
    ? t("We then write no more e-mails about “{label}”. You still see it in the app, and what must be known still comes.", { label })
    : t("We then write no more e-mails about anything that can wait. You still see it in the app, and what must be known still comes.");
}

function doneWords(label: string): string {
  return label
    ? t("Done: no more e-mails about “{label}”. You can change your mind at any time.", { label })
    : t("Done: no more e-mails about anything but what you must know. You can change your mind at any time.");
}

function Wrong() {
  return (
    <Page title={t("Fewer e-mails?")} narrow>
      <Text>{t("The link was cut off on its way. Open it from the letter again, or choose in your settings.")}</Text>
      <Button component={Link} to="/settings/notifications">
        {t("To my settings")}
      </Button>
    </Page>
  );
}

/** Take the token out of the address, so that it is in no history. */
function useTokenOnce(): string {
  const [token] = useState(() => new URLSearchParams(globalThis.location.hash.slice(1)).get("token") ?? "");
  useEffect(() => {
    if (globalThis.location.hash) history.replaceState(history.state, "", globalThis.location.pathname);
  }, []);
  return token;
}
