import type { Chargeback } from "@jobsphere/api-client";
import { adminChargebacksList } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { usePages } from "@/components/pages";
import { Status } from "@/components/Status";
import { ask } from "@/lib/api";
import { formatAgo } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { FilterBar } from "../frame/FilterBar";
import { useFilters } from "../frame/filters";
import { Detail, Listing, Small } from "../frame/Listing";
import { codeWord } from "../frame/words";
import { ChargebackDetail } from "./ChargebackDetail";
import { t } from "@jobsphere/domain/text";

const FIELDS = [
  { name: "status", label: t("Status"), values: ["open", "under_review", "won", "lost", "accepted"] },
  { name: "gateway", label: t("Gateway") },
];

/** What cardholders' banks have taken back, and our answers. */
export function ChargebacksPage() {
  return (
    <AdminPage title={t("Chargebacks")} right="finance" lead={t("A cardholder's bank has taken money back. Answer before its deadline, once.")}>
      <Chargebacks />
    </AdminPage>
  );
}

/** How long is left, in words; an answer after the deadline is not read. */
function due(row: Chargeback): string {
  if (row.closed_at) return t("decided {ago}", { ago: formatAgo(row.closed_at) });
  if (row.evidence_sent_at) return t("answered {ago}", { ago: formatAgo(row.evidence_sent_at) });
  return row.evidence_due_by ? t("answer due {ago}", { ago: formatAgo(row.evidence_due_by) }) : t("no deadline");
}

function Chargebacks() {
  const { filters, open, set } = useFilters();
  const pages = usePages<Chargeback>(["admin", "chargebacks", filters], (cursor) =>
    ask(adminChargebacksList({ query: { ...(filters as object), cursor, page_size: 30 } })),
  );
  return (
    <>
      <FilterBar fields={FIELDS} filters={filters} set={set} />
      <Listing
        label={t("Chargebacks")}
        pages={pages}
        onOpen={(row) => set({ open: row.id })}
        empty={{ title: t("No chargeback fits"), text: t("No bank has taken anything back that these filters show.") }}
        columns={[
          { label: t("Cardholder"), cell: (row) => row.payer_name },
          { label: t("Says"), cell: (row) => <>{codeWord(row.reason)}{row.inquiry ? <Small>{t("only asks so far")}</Small> : null}</> },
          { label: t("Status"), cell: (row) => <Status value={row.status} /> },
          { label: t("Deadline"), cell: due },
          { label: t("Amount"), end: true, cell: (row) => formatMoney(row.amount) },
        ]}
      />
      <Detail title={t("Chargeback")} opened={Boolean(open)} onClose={() => set({ open: undefined })}>
        <ChargebackDetail id={open ?? ""} />
      </Detail>
    </>
  );
}
