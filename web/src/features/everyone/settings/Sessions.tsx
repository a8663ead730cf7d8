import { authSessionsDestroy, authSessionsList, type Session } from "@jobsphere/api-client";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Row, Rows } from "@/components/Rows";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { formatAgo } from "@/lib/time";
import { deviceName } from "./deviceName";

export function Sessions() {
  const sessions = useQuery({ queryKey: ["sessions"], queryFn: () => ask(authSessionsList()) });
  return (
    <Section title="Where you are signed in">
      {sessions.isError ? <Failed error={sessions.error} retry={() => void sessions.refetch()} /> : null}
      {sessions.isPending ? <Loading rows={1} height={80} /> : null}
      {sessions.data ? (
        <Rows label="Sessions">
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
      text={`${session.current ? "This device · " : ""}used ${formatAgo(session.last_used_at)}${session.address ? ` from ${session.address}` : ""}`}
      end={
        session.current ? (
          "now"
        ) : (
          <Button
            variant="default"
            size="sm"
            loading={revoke.isPending}
            onClick={() => revoke.mutate()}
            aria-label={`Sign out ${name}, used ${formatAgo(session.last_used_at)}`}
          >
            Sign out
          </Button>
        )
      }
    />
  );
}
