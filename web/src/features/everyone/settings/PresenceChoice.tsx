import { presenceRetrieve, presenceUpdate } from "@jobsphere/api-client";
import { Switch } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { t } from "@jobsphere/domain/text";

const KEY = ["presence", "mine"];

/** Whether the people I talk to see that I am here, and when I was. */
export function PresenceChoice() {
  const queries = useQueryClient();
  const choice = useQuery({ queryKey: KEY, queryFn: () => ask(presenceRetrieve()) });
  const choose = useVerb(
    (shown: boolean) => ask(presenceUpdate({ body: { shown } })),
    (kept) => void queries.setQueryData(KEY, kept),
  );
  const error = choice.error ?? choose.error;
  return (
    <Section title={t("Being seen")}>
      {choice.isPending ? <Loading rows={1} height={56} /> : null}
      {choice.data ? (
        <Switch
          label={t("Show when I am online")}
          description={t("To people you have a conversation with. Turned off, we do not even note it.")}
          checked={choose.isPending ? choose.variables : choice.data.shown}
          disabled={choose.isPending}
          onChange={(event) => choose.mutate(event.currentTarget.checked)}
        />
      ) : null}
      {error ? <Failed error={error} retry={() => void choice.refetch()} /> : null}
    </Section>
  );
}
