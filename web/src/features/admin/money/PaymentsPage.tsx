import type { AdminPayment } from "@jobsphere/api-client";
import { adminPaymentsList, adminPaymentsRetrieve, adminRefundsList } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { MoneyBar } from "@/components/MoneyBar";
import { usePages } from "@/components/pages";
import { Row, Rows } from "@/components/Rows";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { ask } from "@/lib/api";
import { formatAgo, formatMoment } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { FilterBar } from "../frame/FilterBar";
import { useFilters } from "../frame/filters";
import { Detail, Facts, Listing, Small } from "../frame/Listing";
import { Timeline } from "../frame/Timeline";
import { codeWord, shortId } from "../frame/words";
import { t } from "@jobsphere/domain/text";

const FIELDS = [
  { name: "status", label: t("Status"), values: ["pending", "held", "released", "withdrawn", "refunded", "failed"] },
  { name: "disputed", label: t("Chargeback"), values: ["true", "false"], word: (value: string) => (value === "true" ? t("Yes") : t("No")) },
  { name: "currency", label: t("Currency") },
  { name: "since", label: t("From"), type: "date" as const },
];

/** Everybody's payments. */
export function PaymentsPage() {
  return (
    <AdminPage title={t("Payments")} right="finance" lead={t("Every card that was asked, and where its money is.")}>
      <Payments />
    </AdminPage>
  );
}

function Payments() {
  const { filters, open, set } = useFilters();
  const query = { ...filters, since: filters.since ? `${filters.since}T00:00:00Z` : undefined } as never;
  const pages = usePages(["admin", "payments", filters], (cursor) =>
    ask(adminPaymentsList({ query: { ...(query as object), cursor, page_size: 30 } })),
  );
  return (
    <>
      <FilterBar fields={FIELDS} filters={filters} set={set} />
      <Listing
        label={t("Payments")}
        pages={pages}
        onOpen={(row) => set({ open: row.id })}
        empty={{ title: t("No payment fits"), text: t("Take a filter away, or wait for the first card.") }}
        columns={[
          { label: t("Payer"), cell: (row) => <>{row.payer_name}</> },
          { label: t("For"), cell: (row) => <>{row.payee_name || t("nobody yet")}<Small>{shortId(row.id)} · {row.gateway}</Small></> },
          {
            label: t("Status"),
            cell: (row) => (
              <>
                <Status value={row.status} />
                {row.disputed ? <Small>{t("Chargeback open")}</Small> : null}
                {row.failure_code ? <Small>{codeWord(row.failure_code)}</Small> : null}
              </>
            ),
          },
          { label: t("Made"), cell: (row) => formatAgo(row.created_at) },
          { label: t("Amount"), end: true, cell: (row) => formatMoney(row.amount) },
        ]}
      />
      <Detail title={t("Payment")} opened={Boolean(open)} onClose={() => set({ open: undefined })}>
        <PaymentDetail id={open ?? ""} />
      </Detail>
    </>
  );
}

function PaymentDetail({ id }: { id: string }) {
  const payment = useQuery({
    queryKey: ["admin", "payment", id],
    queryFn: () => ask(adminPaymentsRetrieve({ path: { payment_id: id } })),
  });
  if (payment.isError) return <Failed error={payment.error} retry={() => void payment.refetch()} />;
  if (!payment.data) return <Loading rows={3} height={80} />;
  const { data } = payment;
  return (
    <>
      <div>
        <Text fz="2rem" fw={700} ff="var(--js-heading)" className="js-number">
          {formatMoney(data.amount)}
        </Text>
        <Status value={data.detail} />
      </div>
      <Where payment={data} />
      <Facts
        of={[
          [t("Payer"), data.payer_name],
          [t("Payee"), data.payee_name],
          [t("Gateway"), data.gateway],
          [t("Refused"), data.failure_message],
          [t("Reserved until"), data.authorized_until && data.captured.amount === 0 ? formatMoment(data.authorized_until) : ""],
          [t("Chargeback"), data.disputed ? <Link to="/admin/chargebacks">{t("open")}</Link> : ""],
          [t("Id"), data.id],
        ]}
      />
      <Refunds payment={id} />
      <Timeline source="payment" id={id} known={[{ at: data.created_at, what: t("Made") }]} />
    </>
  );
}

function Where({ payment }: { payment: AdminPayment }) {
  const back = payment.refunded.amount + payment.charged_back.amount;
  if (payment.captured.amount === 0) return null;
  return (
    <MoneyBar
      caption={t("Of what was captured")}
      parts={[
        { label: t("stayed"), money: { ...payment.captured, amount: payment.captured.amount - back }, tone: "protected" },
        { label: t("refunded"), money: payment.refunded, tone: "refunded" },
        { label: t("taken back by the bank"), money: payment.charged_back, tone: "fees" },
      ]}
    />
  );
}

function Refunds({ payment }: { payment: string }) {
  const refunds = useQuery({
    queryKey: ["admin", "refunds", "of", payment],
    queryFn: () => ask(adminRefundsList({ query: { payment_id: payment, page_size: 50 } })),
  });
  if (!refunds.data || refunds.data.results.length === 0) return null;
  return (
    <Section title={t("Refunds")}>
      <Rows label={t("Refunds of this payment")}>
        {refunds.data.results.map((refund) => (
          <Row key={refund.id} title={formatMoney(refund.amount)} text={refund.reason} end={<Status value={refund.status} />} />
        ))}
      </Rows>
    </Section>
  );
}
