import { type AdminPaper, adminVerificationsList } from "@jobsphere/api-client";
import { usePages } from "@/components/pages";
import { ask } from "@/lib/api";
import { formatAgo, formatDay } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { FilterBar } from "../frame/FilterBar";
import { useFilters } from "../frame/filters";
import { Detail, Listing } from "../frame/Listing";
import { codeWord } from "../frame/words";
import { PaperDetail } from "./PaperDetail";
import { paperWord } from "./paperWords";
import { PaperStatus } from "./PaperStatus";
import { t } from "@jobsphere/domain/text";

const FIELDS = [
  { name: "status", label: t("Status"), values: ["submitted", "more_needed", "approved", "rejected", "lapsed", "withdrawn"], word: (status: string) => paperWord(status).text },
  { name: "kind", label: t("Kind"), values: ["identity", "licence", "insurance", "qualification"], word: codeWord },
];

/** The papers that contractors hand in: look, then approve, refuse or ask for more. */
export function PapersPage() {
  return (
    <AdminPage title={t("Papers")} right="verification" lead={t("What contractors prove themselves with. A badge says that somebody has looked.")}>
      <Papers />
    </AdminPage>
  );
}

function Papers() {
  const { filters, open, set } = useFilters();
  const pages = usePages<AdminPaper>(["admin", "papers", filters], (cursor) =>
    ask(adminVerificationsList({ query: { ...(filters as object), cursor, page_size: 30 } })),
  );
  return (
    <>
      <FilterBar fields={FIELDS} filters={filters} set={set} />
      <Listing
        label={t("Papers")}
        pages={pages}
        onOpen={(row) => set({ open: row.id })}
        empty={{ title: t("No paper fits"), text: t("Nobody has handed in a paper that these filters show.") }}
        columns={[
          { label: t("Contractor"), cell: (row) => row.person_name },
          { label: t("Kind"), cell: (row) => codeWord(row.kind) },
          { label: t("Status"), cell: (row) => <PaperStatus value={row.status} /> },
          { label: t("Handed in"), cell: (row) => formatAgo(row.created_at) },
          { label: t("Good until"), cell: (row) => (row.expires_on ? formatDay(`${row.expires_on}T12:00:00`) : t("no end")) },
        ]}
      />
      <Detail title={t("Paper")} opened={Boolean(open)} onClose={() => set({ open: undefined })}>
        <PaperDetail id={open ?? ""} />
      </Detail>
    </>
  );
}
