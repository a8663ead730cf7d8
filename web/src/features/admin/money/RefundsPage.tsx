import type { AdminRefund } from "@jobsphere/api-client";
import { adminRefundsByHandCreate, adminRefundsList, adminRefundsRetryCreate } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Actions } from "@/components/Actions";
import { usePages } from "@/components/pages";
import { Status } from "@/components/Status";
import { ask, withKey } from "@/lib/api";
import { formatAgo } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { FilterBar } from "../frame/FilterBar";
import { useFilters } from "../frame/filters";
import { Detail, Facts, Listing, Small } from "../frame/Listing";
import { ReasonDialog } from "../frame/ReasonDialog";
import { Timeline } from "../frame/Timeline";
import { codeWord, shortId } from "../frame/words";
import { t } from "@jobsphere/domain/text";

const FIELDS = [
  { name: "status", label: t("Status"), values: ["requested", "pending", "succeeded", "failed", "superseded", "by_hand"] },
  { name: "currency", label: t("Currency") },
];

/** Money on its way back to cards. */
export function RefundsPage() {
  return (
    <AdminPage title={t("Refunds")} right="finance" lead={t("Money on its way back to cards. One that failed waits until it is sent again, or paid from your own bank.")}>
      <Refunds />
    </AdminPage>
  );
}

function Refunds() {
  const { filters, open, set } = useFilters();
  const pages = usePages(["admin", "refunds", filters], (cursor) =>
    ask(adminRefundsList({ query: { ...(filters as object), cursor, page_size: 30 } })),
  );
  const shown = pages.rows?.find((row) => row.id === open);
  return (
    <>
      <FilterBar fields={FIELDS} filters={filters} set={set} />
      <Listing
        label={t("Refunds")}
        pages={pages}
        onOpen={(row) => set({ open: row.id })}
        empty={{ title: t("No refund fits"), text: t("Nothing goes back to a card that these filters show.") }}
        columns={[
          { label: t("Why"), cell: (row) => row.reason || t("No reason given") },
          { label: t("Payment"), cell: (row) => shortId(row.payment_id) },
          { label: t("Status"), cell: (row) => <><Status value={row.status} />{row.failure_code ? <Small>{codeWord(row.failure_code)}</Small> : null}</> },
          { label: t("Asked"), cell: (row) => formatAgo(row.created_at) },
          { label: t("Amount"), end: true, cell: (row) => formatMoney(row.amount) },
        ]}
      />
      <Detail title={t("Refund")} opened={shown !== undefined} onClose={() => set({ open: undefined })}>
        {shown ? <RefundDetail refund={shown} /> : null}
      </Detail>
    </>
  );
}

function RefundDetail({ refund }: { refund: AdminRefund }) {
  const [retrying, retry] = useState(false);
  const [paying, pay] = useState(false);
  return (
    <>
      <div>
        <Text fz="2rem" fw={700} ff="var(--js-heading)" className="js-number">
          {formatMoney(refund.amount)}
        </Text>
        <Status value={refund.status} />
      </div>
      <Facts
        of={[
          [t("Why"), refund.reason],
          [t("Failed"), refund.failure_code ? codeWord(refund.failure_code) : ""],
          [t("Payment"), <Link key="payment" to="/admin/payments" search={{ open: refund.payment_id } as never}>{shortId(refund.payment_id)}</Link>],
        ]}
      />
      <Actions allowed={refund.allowed_actions} offered={{
        retry: { run: () => retry(true), label: t("Send it again") },
        pay_by_hand: { run: () => pay(true), label: t("I have paid it myself"), quiet: true },
      }} />
      <Timeline source="refund" id={refund.id} known={[{ at: refund.created_at, what: t("Asked for") }]} />
      {retrying ? (
        <ReasonDialog
          title={t("Send {refund} again", { refund: formatMoney(refund.amount) })}
          confirm={t("Send again")}
          onClose={() => retry(false)}
          run={(reason, key) => ask(adminRefundsRetryCreate({ path: { refund_id: refund.id }, body: { reason }, headers: withKey(key) }))}
        />
      ) : null}
      {paying ? (
        <ReasonDialog
          title={t("{refund} paid from your own bank", { refund: formatMoney(refund.amount) })}
          confirm={t("It is paid")}
          onClose={() => pay(false)}
          run={(reason, key) => ask(adminRefundsByHandCreate({ path: { refund_id: refund.id }, body: { reason }, headers: withKey(key) }))}
        >
          {t("For what the gateway cannot send any more. Say how you paid it, with your bank's reference: the customer is told that it is back, and the books take it from your bank.")}
        </ReasonDialog>
      ) : null}
    </>
  );
}
