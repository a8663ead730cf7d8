import type { Played, Rehearsal } from "@jobsphere/api-client";
import { adminRehearsalRetrieve } from "@jobsphere/api-client";
import { Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { Section } from "@/components/Section";
import { Empty, Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { AdminPage } from "../frame/AdminPage";
import { useRights } from "../frame/rights";
import { ExerciseCard } from "./ExerciseCard";
import classes from "./Rehearsal.module.css";
import { aheadWords, momentWords } from "./words";
import { t } from "@jobsphere/domain/text";

/** The operator makes disasters happen, and watches the books stay right. */
export function RehearsalPage() {
  return (
    <AdminPage
      title={t("Rehearsal")}
      right="finance"
      lead={t("Make a disaster happen in the sandbox, and watch the books stay right.")}
      aside={
        <Button component={Link} to="/admin/mailbox" variant="default">
          {t("Mailbox")}
        </Button>
      }
    >
      <Stage />
    </AdminPage>
  );
}

function Stage() {
  const [played, setPlayed] = useState<Played | undefined>();
  const stage = useQuery({
    queryKey: ["admin", "rehearsal"],
    queryFn: () => ask(adminRehearsalRetrieve()),
    refetchInterval: 10_000,
  });
  if (stage.isError) {
    return asProblem(stage.error).status === 404 ? (
      <Empty title={t("No rehearsal here")}>{t("This marketplace works with a real gateway. Rehearse on one with the sandbox.")}</Empty>
    ) : (
      <Failed error={stage.error} retry={() => void stage.refetch()} />
    );
  }
  if (!stage.data) return <Loading rows={4} height={140} />;
  const groups = [...new Set(stage.data.exercises.map(({ group }) => group))];
  return (
    <>
      <Now stage={stage.data} />
      {played ? <Outcome played={played} /> : null}
      {groups.map((group) => (
        <Section key={group} title={group}>
          <ul className={classes.cards}>
            {stage.data.exercises
              .filter((each) => each.group === group)
              .map((each) => (
                <li key={each.name}>
                  <ExerciseCard exercise={each} onPlayed={setPlayed} />
                </li>
              ))}
          </ul>
        </Section>
      ))}
    </>
  );
}

function Now({ stage }: { stage: Rehearsal }) {
  const admin = useRights();
  const shown = stage.gateways.filter((each) => each.in_use || each.down || each.faults.length > 0 || each.events_pending > 0);
  return (
    <div className={classes.stage} aria-label={t("The stage")} role="group">
      {shown.map((gateway) => (
        <div key={gateway.name} className={classes.tile}>
          <h3>{t("Gateway {gateway}", { gateway: gateway.name.replaceAll("_", " ") })}</h3>
          <span className={`${classes.big} ${gateway.down ? classes.down : ""}`}>{gateway.down ? t("Down") : t("Answers")}</span>
          <Text size="sm">
            {gateway.faults.length === 0
              ? t("No fault waits.")
              : gateway.faults.map((each) => `${each.kind.replaceAll("_", " ")}${each.times && each.times > 1 ? ` × ${each.times}` : ""}`).join(", ")}
          </Text>
          <Text size="sm" c="dimmed">
            {t("{pending, plural, one {# event} other {# events}} pending{withheld, plural, =0 {} other {, # kept back}}", { pending: gateway.events_pending, withheld: gateway.events_withheld })}
          </Text>
        </div>
      ))}
      <div className={classes.tile}>
        <h3>{t("Clock (UTC)")}</h3>
        <span className={classes.big}>{momentWords(stage.clock.now)}</span>
        <Text size="sm">{aheadWords(stage.clock.ahead_seconds)}</Text>
      </div>
      <div className={classes.tile}>
        <h3>{t("Queue")}</h3>
        <span className={classes.big}>{t("{due} due", { due: stage.queue.due })}</span>
        <Text size="sm" c="dimmed">
          {t("{scheduled} wait for their time, {deadLetters} given up", { scheduled: stage.queue.scheduled, deadLetters: stage.queue.dead_letters })}
        </Text>
      </div>
      <div className={classes.tile}>
        <h3>{t("Last letter")}</h3>
        {stage.last_mail ? (
          <>
            <strong>{stage.last_mail.subject}</strong>
            <Text size="sm" c="dimmed">
              {t("to {to}", { to: stage.last_mail.to })}
            </Text>
            {stage.last_mail.text ? (
              <pre className={classes.letter} tabIndex={0} aria-label={t("The letter")}>
                {stage.last_mail.text}
              </pre>
            ) : (
              <Text size="sm">{admin.staff ? t("Only its reader and administrators may read it.") : ""}</Text>
            )}
          </>
        ) : (
          <Text>{t("None was sent.")}</Text>
        )}
      </div>
    </div>
  );
}

/** What came of the last exercise; it takes the focus, so that it is read aloud and seen. */
function Outcome({ played }: { played: Played }) {
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => {
    here.current?.focus({ preventScroll: true });
    here.current?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }, [played]);
  const { books } = played;
  return (
    <div className={classes.played} data-wrong={!books.sound || undefined} role="status" tabIndex={-1} ref={here}>
      <span className={classes.verdict}>{t("The books balance: {sound, select, yes {yes} other {NO}}", { sound: books.sound ? "yes" : "other" })}</span>
      <ul>
        {played.happened.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {books.differences.map((line) => (
        <Text key={line} c="var(--mantine-color-error)">
          {line}
        </Text>
      ))}
      {books.gateway_asked ? null : <Text>{t("The gateway is down, so only our own side could be proved.")}</Text>}
      <Text className={classes.watch}>{t("Watch: {watch}", { watch: played.watch })}</Text>
    </div>
  );
}
