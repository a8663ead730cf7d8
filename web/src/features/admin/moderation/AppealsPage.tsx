import { type AdminAppeal, adminModerationAppealsDecideCreate, adminModerationAppealsList } from "@jobsphere/api-client";
import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { LoadMore, usePages } from "@/components/pages";
import { Empty, Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { formatDay, formatMoment } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { FilterBar } from "../frame/FilterBar";
import { useFilters } from "../frame/filters";
import { Facts } from "../frame/Listing";
import classes from "./Moderation.module.css";
import { Due, State } from "./State";
import { MEASURES, RULES, stateWord } from "./words";
import { t } from "@jobsphere/domain/text";

const FIELDS = [
  { name: "status", label: t("Status"), values: ["open", "upheld", "overturned"], word: (status: string) => stateWord(status).text },
  { name: "overdue", label: t("Answer"), values: ["true"], word: () => t("Late") },
];

/** People who say that a decision is wrong; somebody else than who made it answers. */
export function AppealsPage() {
  return (
    <AdminPage title={t("Appeals")} right="moderation" lead={t("Somebody else than who decided looks again. Overturning undoes all that the decision did.")}>
      <Appeals />
    </AdminPage>
  );
}

function Appeals() {
  const { filters, set } = useFilters();
  const pages = usePages<AdminAppeal>(["admin", "appeals", filters], (cursor) =>
    ask(adminModerationAppealsList({ query: { ...(filters as object), cursor, page_size: 20 } })),
  );
  return (
    <>
      <FilterBar fields={FIELDS} filters={filters} set={set} />
      {pages.isError ? <Failed error={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.isPending ? <Loading rows={2} height={260} /> : null}
      {pages.rows?.length === 0 ? <Empty title={t("No appeal")}>{t("Nobody has appealed against a decision that these filters show.")}</Empty> : null}
      <ul className={classes.evidence}>
        {pages.rows?.map((row) => (
          <li key={row.id}>
            <AppealCard appeal={row} />
          </li>
        ))}
      </ul>
      <LoadMore {...pages} />
    </>
  );
}

function AppealCard({ appeal }: { appeal: AdminAppeal }) {
  return (
    <article className={classes.desk} aria-label={t("Appeal of {personName}", { personName: appeal.person_name })}>
      <Group justify="space-between" gap="xs">
        <Text fz="1.25rem" fw={700} ff="var(--js-heading)">
          {appeal.person_name}
        </Text>
        <State value={appeal.status} />
      </Group>
      <Facts
        of={[
          [t("Decision"), <Link key="c" to={`/admin/moderation/cases/${appeal.case_id}`}>{MEASURES[appeal.measure].title}: {RULES[appeal.rule]}</Link>],
          [t("By"), appeal.decided_by_name],
          [t("Its reasons"), appeal.facts],
          [t("Appealed"), formatMoment(appeal.created_at)],
          [t("Answer"), appeal.decided_at ? t("{day}, by {reviewerName}", { day: formatDay(appeal.decided_at), reviewerName: appeal.reviewer_name }) : <Due key="d" by={appeal.answer_by} />],
        ]}
      />
      <div className={classes.snapshot}>
        <p className={classes.words}>“{appeal.words}”</p>
      </div>
      {appeal.reasons ? <p className={classes.words}>{appeal.reasons}</p> : null}
      {appeal.allowed_actions.length > 0 ? <Answer appeal={appeal} /> : null}
      {appeal.status === "open" && appeal.allowed_actions.length === 0 ? (
        <Text c="dimmed">{t("You made this decision: a colleague answers.")}</Text>
      ) : null}
    </article>
  );
}

function Answer({ appeal }: { appeal: AdminAppeal }) {
  const [reasons, setReasons] = useState("");
  const [missing, setMissing] = useState(false);
  const verb = useVerb((overturn: boolean) =>
    ask(adminModerationAppealsDecideCreate({ path: { appeal_id: appeal.id }, body: { overturn, reasons: reasons.trim() } })),
  );
  const short = reasons.trim().length < 10;
  const answer = (overturn: boolean): void => {
    setMissing(short);
    if (!short) verb.mutate(overturn);
  };
  const said = verb.error ? asProblem(verb.error).at("/reasons") : undefined;
  return (
    <Stack>
      <Textarea
        label={t("Your reasons")}
        description={t("{personName} reads them word for word.", { personName: appeal.person_name })}
        required
        autosize
        minRows={3}
        maxLength={4000}
        value={reasons}
        error={said ?? (missing && short ? t("Write at least ten characters.") : undefined)}
        onChange={(event) => setReasons(event.currentTarget.value)}
      />
      {verb.error && !said ? <Failed error={verb.error} /> : null}
      <Group gap="sm">
        <Button loading={verb.isPending && verb.variables} disabled={verb.isPending} onClick={() => answer(true)}>
          {t("Overturn it")}
        </Button>
        <Button variant="default" loading={verb.isPending && !verb.variables} disabled={verb.isPending} onClick={() => answer(false)}>
          {t("The decision stands")}
        </Button>
      </Group>
    </Stack>
  );
}
