import type { StatementOfReasons } from "@jobsphere/api-client";
import { Button, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { asProblem } from "@/lib/problems";
import { formatDay, formatMoment } from "@/lib/time";
import classes from "./Safety.module.css";
import { effectText, untilText } from "./words";
import { t } from "@jobsphere/domain/text";

interface StatementProps {
  statement: StatementOfReasons;
  appeal: (words: string) => Promise<StatementOfReasons>;
}

/** A decision with its reasons: what, why, on which rule, for how long, and what one can do about it. */
export function Statement({ statement, appeal }: StatementProps) {
  const over = statement.restriction?.status !== "active" && statement.appeal?.status !== "open";
  return (
    <Stack gap="xl">
      <article className={classes.statement} data-over={over || undefined} aria-label={t("The decision")}>
        <dl className={classes.facts}>
          <Fact name="What it is about">{statement.subject_title}</Fact>
          <Fact name="Decided">{t("{when}, by a person{automated, select, yes {, with a machine} other {, no machine}}", { when: formatMoment(statement.decided_at), automated: statement.automated ? "yes" : "other" })}</Fact>
          {statement.restriction ? (
            <>
              <Fact name="What it means">{effectText(statement.restriction)}</Fact>
              <Fact name="How long">{untilText(statement.restriction)}</Fact>
            </>
          ) : null}
          {statement.content_removed ? <Fact name="Removed">{t("What this is about is no longer shown to others.")}</Fact> : null}
          <Fact name="The facts" wide>
            {statement.facts}
          </Fact>
          <Fact name="The rule" wide>
            <strong>{statement.rule.title}.</strong> {statement.rule.text}
          </Fact>
        </dl>
      </article>
      {statement.appeal ? <Answered appeal={statement.appeal} /> : <AppealForm statement={statement} appeal={appeal} />}
    </Stack>
  );
}

function Fact({ name, wide = false, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={wide ? classes.wide : undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Answered({ appeal }: { appeal: NonNullable<StatementOfReasons["appeal"]> }) {
  return (
    <Section title={t("Your appeal")}>
      <blockquote className={classes.quote}>{appeal.words}</blockquote>
      {appeal.status === "open" ? (
        <Text role="status">
          {t("Somebody who did not make this decision looks at it, and answers by {day}. You are told at once.", { day: formatDay(appeal.answer_by) })}
        </Text>
      ) : (
        <>
          <Text fw={600} role="status">
            {appeal.status === "overturned" ? t("You were right: the decision is overturned.") : t("The decision stands.")}
          </Text>
          <blockquote className={classes.quote}>{appeal.reasons}</blockquote>
          {appeal.status === "upheld" ? (
            <Text c="dimmed">{t("You can still go to a court, or to a certified body for settling disputes out of court.")}</Text>
          ) : null}
        </>
      )}
    </Section>
  );
}

function AppealForm({ statement, appeal }: StatementProps) {
  const [words, setWords] = useState("");
  const [missing, setMissing] = useState(false);
  const verb = useVerb((text: string) => appeal(text));
  if (!statement.allowed_actions.includes("appeal")) {
    return <Text c="dimmed">{t("The time to appeal was over on {day}.", { day: formatDay(statement.appeal_until) })}</Text>;
  }
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setMissing(!words.trim());
    if (words.trim()) verb.mutate(words.trim());
  };
  const said = verb.error ? asProblem(verb.error).at("/words") : undefined;
  return (
    <Section title={t("Is this wrong?")}>
      <form onSubmit={send} noValidate>
        <Stack>
          <Text>
            {t("Then appeal: another person, who has not decided before, looks at it. Once, until {day}.", { day: formatDay(statement.appeal_until) })}
          </Text>
          <Textarea
            label={t("Why it is wrong")}
            required
            autosize
            minRows={4}
            maxLength={2000}
            value={words}
            error={said ?? (missing && !words.trim() ? t("Say why you think that this decision is wrong.") : undefined)}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          {verb.error && !said ? <Failed error={verb.error} /> : null}
          <Button type="submit" loading={verb.isPending} style={{ alignSelf: "flex-start" }}>
            {t("Appeal")}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}
