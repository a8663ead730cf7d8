import {
  type AdminCaseDetail,
  type AdminDecision,
  adminModerationCasesClaimCreate,
  adminModerationCasesReleaseCreate,
  adminModerationCasesRetrieve,
  adminModerationRestrictionsLiftCreate,
} from "@jobsphere/api-client";
import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { Actions } from "@/components/Actions";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { formatDay, formatMoment } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { Facts } from "../frame/Listing";
import { ReasonDialog } from "../frame/ReasonDialog";
import { DecisionForm } from "./DecisionForm";
import classes from "./Moderation.module.css";
import { Snapshot } from "./Snapshot";
import { Due, State } from "./State";
import { ACTS, MEASURES, RULES, stateWord } from "./words";
import { inside, t } from "@jobsphere/domain/text";

/** One case: the evidence on one side, the decision on the other. */
export function CasePage() {
  const { open } = useParams({ strict: false }) as { open: string };
  const path = { case_id: open };
  const found = useQuery({ queryKey: ["admin", "case", open], queryFn: () => ask(adminModerationCasesRetrieve({ path })) });
  return (
    <AdminPage
      title={found.data?.case.subject_title ?? t("A case")}
      right="moderation"
      lead={
        <Anchor component={Link} to="/admin/moderation/cases">
          {t("All reports")}
        </Anchor>
      }
    >
      {found.isError ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isPending ? <Loading rows={2} height={240} /> : null}
      {found.data ? <Case page={found.data} /> : null}
    </AdminPage>
  );
}

function Case({ page }: { page: AdminCaseDetail }) {
  return (
    <div className={classes.columns}>
      <Stack gap="xl">
        <Facts of={facts(page)} />
        <Evidence page={page} />
        <History page={page} />
      </Stack>
      <section className={classes.desk} aria-label={t("The decision")}>
        {page.decision ? <Decided decision={page.decision} /> : <Desk page={page} />}
      </section>
    </div>
  );
}

function facts(page: AdminCaseDetail): [string, ReactNode][] {
  const { case: row } = page;
  return [
    [t("Whose it is"), <Link key="p" to={`/contractors/${row.person_id}`}>{row.person_name}</Link>],
    [t("Status"), <State key="s" value={row.status} />],
    [t("Taken by"), row.claimed_by_name],
    [t("Reported"), formatMoment(row.created_at)],
    [t("Answer"), row.decided_at ? t("decided {when}", { when: formatMoment(row.decided_at) }) : <Due key="d" by={row.answer_by} />],
    [t("Reports about this person"), String(page.reports_about)],
    [t("Reports that they made"), String(page.reports_by)],
  ];
}

function Evidence({ page }: { page: AdminCaseDetail }) {
  return (
    <>
      <Section title={t("What was reported")}>
        <ul className={classes.evidence}>
          {page.evidence.map((each) => (
            <li key={each.id} className={classes.exhibit}>
              <Text fw={600}>
                {each.reporter_name}: {RULES[each.rule]}
              </Text>
              {each.words ? <p className={classes.words}>“{each.words}”</p> : null}
              <Text size="sm" c="dimmed">
                {t("As it was on {when}", { when: formatMoment(each.created_at) })}
              </Text>
              <Snapshot of={each.snapshot} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("As it is now")} aside={page.link && page.now ? <Link to={page.link}>{t("Open it")}</Link> : null}>
        <Now page={page} />
      </Section>
    </>
  );
}

/** The evidence stands above; what is new here is what was changed since. */
function Now({ page }: { page: AdminCaseDetail }) {
  if (!page.now) return <Text c="dimmed">{t("It is gone.")}</Text>;
  const newest = page.evidence.at(-1)?.snapshot;
  if (JSON.stringify(newest) === JSON.stringify(page.now)) return <Text c="dimmed">{t("Unchanged since it was reported.")}</Text>;
  return <Snapshot of={page.now} />;
}

function History({ page }: { page: AdminCaseDetail }) {
  return (
    <Section title={t("Before, about {personName}", { personName: page.case.person_name })}>
      {page.history.length === 0 ? <Text c="dimmed">{t("Nothing was ever decided about this person.")}</Text> : null}
      <ul className={classes.evidence}>
        {page.history.map((each) => (
          <li key={each.id} className={classes.exhibit}>
            <Text fw={600}>
              {MEASURES[each.measure].title}, {formatDay(each.decided_at)}
              {each.appeal_status ? t(" · appeal: {stateWord}", { stateWord: inside(stateWord(each.appeal_status).text) }) : ""}
            </Text>
            <p className={classes.words}>{each.facts}</p>
            <Group gap="md">
              <Link to={`/admin/moderation/cases/${each.case_id}`}>{t("The case")}</Link>
            </Group>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Take it, give it back, or decide. */
function Desk({ page }: { page: AdminCaseDetail }) {
  const path = { case_id: page.case.id };
  const claim = useVerb(() => ask(adminModerationCasesClaimCreate({ path })));
  const release = useVerb(() => ask(adminModerationCasesReleaseCreate({ path })));
  const failed = claim.error ?? release.error;
  return (
    <>
      {failed ? <Failed error={failed} /> : null}
      {page.allowed_actions.includes("decide") ? <DecisionForm page={page} /> : null}
      <Actions
        allowed={page.allowed_actions}
        busy={claim.isPending ? "claim" : release.isPending ? "release" : undefined}
        offered={{
          claim: { run: () => claim.mutate(), label: t("Take this case") },
          release: { run: () => release.mutate(), label: t("Give it back"), quiet: true },
        }}
      />
      {page.allowed_actions.length === 0 ? (
        <Text c="dimmed">
          {page.case.claimed_by_name ? t("{claimedByName} works on this.", { claimedByName: page.case.claimed_by_name }) : t("A colleague decides this: you are concerned yourself.")}
        </Text>
      ) : null}
    </>
  );
}

function Decided({ decision }: { decision: AdminDecision }) {
  const [lifting, setLifting] = useState(false);
  const held = decision.restriction;
  return (
    <>
      <Text fz="1.35rem" fw={700} ff="var(--js-heading)">
        {MEASURES[decision.measure].title}
      </Text>
      <p className={classes.words}>{decision.facts}</p>
      <Facts
        of={[
          [t("Rule"), decision.rule ? RULES[decision.rule] : ""],
          [t("By"), decision.decided_by_name],
          [t("On"), formatMoment(decision.decided_at)],
          [t("Removed"), decision.content_removed ? t("the thing itself") : ""],
          [t("Cannot"), held ? held.acts.map((act) => ACTS[act]).join("; ") : ""],
          [t("Until"), held ? (held.until ? formatMoment(held.until) : t("it is lifted")) : ""],
          [t("Ended"), held?.ended_at ? formatMoment(held.ended_at) : ""],
          [t("Reports"), decision.unfounded ? t("plainly without reason") : ""],
          [t("Appeal"), decision.appeal_status ? <State key="a" value={decision.appeal_status} /> : ""],
        ]}
      />
      {held?.status === "active" ? (
        <Button variant="default" onClick={() => setLifting(true)}>
          {t("Lift it now")}
        </Button>
      ) : null}
      {lifting && held ? (
        <ReasonDialog
          title={t("Lift the restriction")}
          confirm={t("Lift it")}
          onClose={() => setLifting(false)}
          run={(reason) => ask(adminModerationRestrictionsLiftCreate({ path: { restriction_id: held.id }, body: { reason } }))}
        >
          <Text>{t("The person can do everything again at once, and is told.")}</Text>
        </ReasonDialog>
      ) : null}
    </>
  );
}
