import { authSessionsDestroy, authSessionsDestroyOthers, authSessionsList, type Session } from "@jobsphere/api-client";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Row, Rows } from "@/components/Rows";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { formatAgo } from "@/lib/time";
import { deviceName } from "./deviceName";
import { t } from "@jobsphere/domain/text";

export function Sessions() {
  const sessions = useQuery({ queryKey: ["sessions"], queryFn: () => ask(authSessionsList()) });
  const queries = useQueryClient();
  const others = useMutation({
    mutationFn: () => ask(authSessionsDestroyOthers()),
    onSettled: () => queries.invalidateQueries({ queryKey: ["sessions"] }),
  });
  const elsewhere = sessions.data?.results.some((session) => !session.current);
  return (
    <Section
      title={t("Where you are signed in")}
      aside={
        elsewhere ? (
          <Button variant="default" size="sm" loading={others.isPending} onClick={() => others.mutate()}>
            {t("Sign out everywhere else")}
          </Button>
        ) : undefined
      }
    >
      {others.isError ? <Failed error={others.error} /> : null}
      {sessions.isError ? <Failed error={sessions.error} retry={() => void sessions.refetch()} /> : null}
      {sessions.isPending ? <Loading rows={1} height={80} /> : null}
      {sessions.data ? (
        <Rows label={t("Sessions")}>
          {sessions.data.results.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </Rows>
      ) : null}
    </Section>
  );
}

function SessionRow({ session }: { session: Session }) {
  const queries = useQueryClient();
  const name = deviceName(session.user_agent);
  const revoke = useMutation({
    mutationFn: () => ask(authSessionsDestroy({ path: { session_id: session.id } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["sessions"] }),
  });
  return (
    <Row
      title={name}
      text={[
        session.current ? t("This device") : "",
        session.place
          ? t("used {ago} from {place}", { ago: formatAgo(session.last_used_at), place: session.place })
          : t("used {ago}", { ago: formatAgo(session.last_used_at) }),
      ]
        .filter(Boolean)
        .join(" · ")}
      end={
        session.current ? (
          "now"
        ) : (
          <Button
            variant="default"
            size="sm"
            loading={revoke.isPending}
            onClick={() => revoke.mutate()}
            aria-label={t("Sign out {name}, used {ago}", { name, ago: formatAgo(session.last_used_at) })}
          >
            {t("Sign out")}
          </Button>
        )
      }
    />
  );
}
