import { type Payment, paymentsHistoryList } from "@jobsphere/api-client";
import { Button, Stack, Text, Title } from "@mantine/core";
import { formatMoney } from "@jobsphere/domain/money";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { LoadMore, usePages } from "@/components/pages";
import { Page } from "@/components/Page";
import { Empty, Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { ask } from "@/lib/api";
import { formatDay } from "@/lib/time";
import classes from "./PaymentsPage.module.css";
import { byMonth, type Month } from "./spending";
import { t } from "@jobsphere/domain/text";

/** What I paid, month by month and one by one. */
export function PaymentsPage() {
  const payments = usePages(["payments", "history"], (cursor) =>
    ask(paymentsHistoryList({ query: { cursor, page_size: 100 } })),
  );
  const { rows } = payments;
  return (
    <Page title={t("Spending")} lead={t("What was taken from your cards, less what came back.")}>
      {payments.isPending ? <Loading rows={3} height={160} /> : null}
      {payments.isError ? <Failed error={payments.error} retry={() => void payments.refetch()} /> : null}
      {rows?.length === 0 ? (
        <Empty title={t("Nothing paid yet")} action={<Button component={Link} to="/jobs/new">{t("Post a job")}</Button>}>
          {t("Payments appear when you make an offer.")}
        </Empty>
      ) : null}
      {rows && rows.length > 0 ? (
        <>
          <Overview payments={rows} />
          <section aria-labelledby="each">
            <Title order={2} size="h3" id="each" mb="sm">
              {t("One by one")}
            </Title>
            <Stack component="ul" gap={0} className={classes.list}>
              {rows.map((payment) => (
                <li key={payment.id}>
                  <PaymentRow payment={payment} />
                </li>
              ))}
            </Stack>
          </section>
          <LoadMore {...payments} />
        </>
      ) : null}
    </Page>
  );
}

function Overview({ payments }: { payments: Payment[] }) {
  const currency = payments[0]?.amount.currency ?? "USD";
  const months = useMemo(() => byMonth(payments, currency, new Date()), [payments, currency]);
  const total = months.reduce((sum, month) => sum + month.spent.amount, 0);
  return (
    <section className="js-card" aria-labelledby="overview">
      <Title order={2} size="h4" id="overview">
        {t("The last six months")}
      </Title>
      <Text className={classes.total}>{formatMoney({ amount: total, currency })}</Text>
      <Bars months={months} />
    </section>
  );
}

/** A bar chart that is a table to a screen reader. */
function Bars({ months }: { months: Month[] }) {
  const most = Math.max(...months.map((month) => month.spent.amount), 1);
  return (
    <ol className={classes.bars}>
      {months.map((month) => (
        <li key={month.key}>
          <span className={classes.figure}>{formatMoney(month.spent, { short: true })}</span>
          <span className={classes.track} aria-hidden>
            <span className={classes.bar} style={{ height: `${(Math.max(month.spent.amount, 0) / most) * 100}%` }} />
          </span>
          <span className={classes.month}>{month.label}</span>
        </li>
      ))}
    </ol>
  );
}

function PaymentRow({ payment }: { payment: Payment }) {
  return (
    <Link to={`/offers/${payment.purpose.id}`} className={classes.row}>
      <span className={classes.who}>
        <strong>{payment.contractor?.name ?? t("Payment")}</strong>
        <Text span size="sm" c="dimmed">
          {formatDay(payment.created_at)}
          {payment.refunded.amount > 0 ? t(" · {refunded} came back", { refunded: formatMoney(payment.refunded) }) : ""}
        </Text>
      </span>
      <Status value={payment.status} />
      <strong className={`js-number ${classes.amount}`}>{formatMoney(payment.amount)}</strong>
    </Link>
  );
}
