import { type AdminCase, adminModerationCasesList } from "@jobsphere/api-client";
import { useNavigate } from "@tanstack/react-router";
import { usePages } from "@/components/pages";
import { ask } from "@/lib/api";
import { formatAgo } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { FilterBar } from "../frame/FilterBar";
import { useFilters } from "../frame/filters";
import { Listing, Small } from "../frame/Listing";
import { ModerationFigures } from "./Figures";
import { Due, State } from "./State";
import { MEASURES, RULES, stateWord, thingWord } from "./words";
import { t } from "@jobsphere/domain/text";

const FIELDS = [
  { name: "status", label: t("Status"), values: ["open", "claimed", "decided"], word: (status: string) => stateWord(status).text },
  { name: "rule", label: t("Rule"), values: Object.keys(RULES), word: (rule: string) => RULES[rule as keyof typeof RULES] },
  { name: "subject_type", label: t("What"), values: ["message", "conversation", "profile", "job", "proposal", "review"], word: thingWord },
  { name: "mine", label: t("Whose"), values: ["true"], word: () => t("Taken by me") },
  { name: "overdue", label: t("Answer"), values: ["true"], word: () => t("Late") },
];

/** What people reported: take a case, look at the evidence, decide with reasons. */
export function CasesPage() {
  return (
    <AdminPage title={t("Reports")} right="moderation" lead={t("Several reports of one thing are one case. Take one, so that no colleague does the same.")}>
      <Cases />
      <ModerationFigures />
    </AdminPage>
  );
}

function Cases() {
  const { filters, set } = useFilters();
  const navigate = useNavigate();
  const pages = usePages<AdminCase>(["admin", "cases", filters], (cursor) =>
    ask(adminModerationCasesList({ query: { ...(filters as object), cursor, page_size: 30 } })),
  );
  return (
    <>
      <FilterBar fields={FIELDS} filters={filters} set={set} />
      <Listing
        label={t("Cases")}
        pages={pages}
        onOpen={(row) => void navigate({ to: `/admin/moderation/cases/${row.id}` })}
        empty={{ title: t("No case fits"), text: t("Nobody has reported anything that these filters show.") }}
        columns={[
          { label: t("What"), cell: (row) => row.subject_title },
          { label: t("Whose"), cell: (row) => row.person_name },
          { label: t("Rule"), cell: (row) => <>{row.rules.map((rule) => RULES[rule]).join(", ")} {row.reports > 1 ? <Small>{t("{reports} reports", { reports: row.reports })}</Small> : null}</> },
          { label: t("Status"), cell: (row) => <State value={row.status} /> },
          { label: t("Taken by"), cell: (row) => row.claimed_by_name },
          { label: t("Reported"), cell: (row) => formatAgo(row.created_at) },
          { label: t("Answer"), cell: (row) => (row.measure ? MEASURES[row.measure].title : <Due by={row.answer_by} />) },
        ]}
      />
    </>
  );
}
