import type { AdminPayout } from "@jobsphere/api-client";
import { adminPayoutsList, adminPayoutsResendCodeCreate } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Text } from "@mantine/core";
import { useState } from "react";
import { Actions } from "@/components/Actions";
import { usePages } from "@/components/pages";
import { Failed } from "@/components/States";
import { Status } from "@/components/Status";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { formatAgo, formatMoment } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { FilterBar } from "../frame/FilterBar";
import { useFilters } from "../frame/filters";
import { Detail, Facts, Listing, Small } from "../frame/Listing";
import { Timeline } from "../frame/Timeline";
import { codeWord } from "../frame/words";
import { CodeDialog } from "./CodeDialog";
import { t } from "@jobsphere/domain/text";

const FIELDS = [
  {
    name: "status",
    label: t("Status"),
    values: ["requested", "transferring", "paying", "paid", "failed", "returned", "cancelled"],
  },
  { name: "currency", label: t("Currency") },
  { name: "gateway", label: t("Gateway") },
];

/** Money on its way to banks. */
export function PayoutsPage() {
  return (
    <AdminPage title={t("Payouts")} right="finance" lead={t("From wallets to banks. What a bank sends back is in the wallet again.")}>
      <Payouts />
    </AdminPage>
  );
}

function Payouts() {
  const { filters, open, set } = useFilters();
  const pages = usePages(["admin", "payouts", filters], (cursor) =>
    ask(adminPayoutsList({ query: { ...(filters as object), cursor, page_size: 30 } })),
  );
  const shown = pages.rows?.find((row) => row.id === open);
  return (
    <>
      <FilterBar fields={FIELDS} filters={filters} set={set} />
      <Listing
        label={t("Payouts")}
        pages={pages}
        onOpen={(row) => set({ open: row.id })}
        empty={{ title: t("No payout fits"), text: t("Nobody has withdrawn what these filters show.") }}
        columns={[
          { label: t("Payee"), cell: (row) => row.payee.name },
          { label: t("Status"), cell: (row) => <><Status value={row.status} />{row.needs_otp ? <Small>{t("Waits for your code")}</Small> : null}{row.failure_code ? <Small>{codeWord(row.failure_code)}</Small> : null}</> },
          { label: t("Asked"), cell: (row) => <>{formatAgo(row.created_at)}{row.automatic ? <Small>{t("by itself")}</Small> : null}</> },
          { label: t("Amount"), end: true, cell: (row) => formatMoney(row.amount) },
        ]}
      />
      <Detail title={t("Payout")} opened={shown !== undefined} onClose={() => set({ open: undefined })}>
        {shown ? <PayoutDetail payout={shown} /> : null}
      </Detail>
    </>
  );
}

function PayoutDetail({ payout }: { payout: AdminPayout }) {
  const [giving, give] = useState(false);
  const resend = useVerb((_: void, key) => ask(adminPayoutsResendCodeCreate({ path: { payout_id: payout.id }, headers: withKey(key) })));
  return (
    <>
      <div>
        <Text fz="2rem" fw={700} ff="var(--js-heading)" className="js-number">
          {formatMoney(payout.amount)}
        </Text>
        <Status value={payout.status} />
      </div>
      <Facts
        of={[
          [t("Payee"), payout.payee.name],
          [t("Gateway"), payout.gateway],
          [t("Waits for"), payout.needs_otp ? t("the code that the gateway has sent to you") : ""],
          [t("Arrives"), !payout.completed_at && payout.arrives_at ? formatMoment(payout.arrives_at) : ""],
          [t("Failed"), payout.failure_message || (payout.failure_code ? codeWord(payout.failure_code) : "")],
          [t("Id"), payout.id],
        ]}
      />
      <Actions
        allowed={payout.allowed_actions}
        busy={resend.isPending ? "resend-code" : undefined}
        offered={{
          finalize: { run: () => give(true), label: t("Give the code") },
          "resend-code": { run: () => resend.mutate(), label: t("Send another code") },
        }}
      />
      {resend.error ? <Failed error={resend.error} /> : null}
      {resend.isSuccess && payout.needs_otp ? <Text role="status">{t("Another code is on its way to you.")}</Text> : null}
      <Timeline
        source="payout"
        id={payout.id}
        known={[
          { at: payout.created_at, what: payout.automatic ? t("Asked for by the schedule") : t("Asked for") },
          ...(payout.completed_at ? [{ at: payout.completed_at, what: t("Came to its end") }] : []),
        ]}
      />
      {giving ? <CodeDialog payout={payout} onClose={() => give(false)} /> : null}
    </>
  );
}
