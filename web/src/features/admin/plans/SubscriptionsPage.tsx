import { adminSubscriptionsList, adminSubscriptionsPeriodsRefundCreate, type Period, type Subscription } from "@jobsphere/api-client";
import { formatMoney, typedText } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";
import { Button, Checkbox, Text } from "@mantine/core";
import { useState } from "react";
import { MoneyInput } from "@/components/MoneyInput";
import { readMoney } from "@/components/moneyText";
import { usePages } from "@/components/pages";
import { Row, Rows } from "@/components/Rows";
import { ask, withKey } from "@/lib/api";
import { formatDay } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { FilterBar } from "../frame/FilterBar";
import { useFilters } from "../frame/filters";
import { Detail, Facts, Listing, Small } from "../frame/Listing";
import { ReasonDialog } from "../frame/ReasonDialog";
import { codeWord } from "../frame/words";
import { PlanFigures } from "./PlanFigures";
import { paidWord, priceWord, standsWord, SUBSCRIPTION_STATES, subscriptionWord } from "./words";

const FIELDS = [{ name: "status", label: t("Status"), values: SUBSCRIPTION_STATES, word: subscriptionWord }];

/** Who has which plan, what they paid, and giving it back. */
export function SubscriptionsPage() {
  return (
    <AdminPage title={t("Subscriptions")} right="finance" lead={t("Who has which plan, and what was paid for it. Refunds go back to the card.")}>
      <PlanFigures />
      <Subscriptions />
    </AdminPage>
  );
}

function Subscriptions() {
  const { filters, open, set } = useFilters();
  const pages = usePages<Subscription>(["admin", "subscriptions", filters], (cursor) => ask(adminSubscriptionsList({ query: { ...(filters as object), cursor, page_size: 30 } })));
  const shown = pages.rows?.find((row) => row.id === open);
  return (
    <>
      <FilterBar fields={FIELDS} filters={filters} set={set} />
      <Listing
        label={t("Subscriptions")}
        pages={pages}
        onOpen={(row) => set({ open: row.id })}
        empty={{ title: t("No subscription fits"), text: t("Nobody has begun a plan yet, or these filters show nothing.") }}
        columns={[
          { label: t("Person"), cell: (row) => row.owner.name },
          { label: t("Plan"), cell: (row) => <>{row.plan}<Small>{priceWord(row)}</Small></> },
          { label: t("State"), cell: (row) => standsWord(row) },
          { label: t("Holds until"), cell: (row) => (row.ends_at ? formatDay(row.ends_at) : "–") },
          { label: t("Next payment"), end: true, cell: (row) => (row.next_payment ? formatMoney(row.next_payment) : "–") },
        ]}
      />
      <Detail title={shown ? t("{plan} of {owner}", { plan: shown.plan, owner: shown.owner.name }) : t("Subscription")} opened={shown !== undefined} onClose={() => set({ open: undefined })}>
        {shown ? <One row={shown} /> : null}
      </Detail>
    </>
  );
}

function One({ row }: { row: Subscription }) {
  const [refunding, refund] = useState<Period>();
  return (
    <>
      <Facts
        of={[
          [t("State"), standsWord(row)],
          [t("Price"), priceWord(row)],
          [t("Begun"), formatDay(row.created_at)],
          [t("Holds until"), row.ends_at ? formatDay(row.ends_at) : ""],
          [t("Next payment"), row.next_payment && row.next_payment_at ? `${formatMoney(row.next_payment)}, ${formatDay(row.next_payment_at)}` : ""],
          [t("Next plan"), row.next_plan],
          [t("Why"), row.reason ? codeWord(row.reason) : ""],
        ]}
      />
      <Rows label={t("Periods")}>
        {row.periods.map((each) => (
          <OnePeriod key={each.id} period={each} refund={() => refund(each)} />
        ))}
      </Rows>
      {refunding ? <Refund row={row} period={refunding} onClose={() => refund(undefined)} /> : null}
    </>
  );
}

function OnePeriod({ period, refund }: { period: Period; refund: () => void }) {
  const days = t("{from} to {until}", { from: formatDay(period.starts_at), until: formatDay(period.ends_at) });
  const back = period.refunded.amount > 0 ? t("{refunded} given back", { refunded: formatMoney(period.refunded) }) : "";
  const said = [paidWord(period.status), period.reason ? codeWord(period.reason) : "", back];
  return (
    <Row
      title={t("{plan}: {amount}", { plan: period.plan, amount: formatMoney(period.amount) })}
      text={[days, ...said].filter(Boolean).join(" · ")}
      end={
        leftOf(period) > 0 ? (
          <Button size="sm" variant="default" onClick={refund} aria-label={t("Refund {days}", { days })}>
            {t("Refund")}
          </Button>
        ) : null
      }
    />
  );
}

function leftOf(period: Period): number {
  return period.status === "paid" ? period.amount.amount - period.refunded.amount : 0;
}

function Refund({ row, period, onClose }: { row: Subscription; period: Period; onClose: () => void }) {
  const left = { amount: leftOf(period), currency: period.amount.currency };
  const [typed, type] = useState(typedText(left));
  const [end, setEnd] = useState(false);
  const { money, problem } = readMoney(typed, left.currency);
  const tooMuch = money && money.amount > left.amount ? t("At most {left} are left.", { left: formatMoney(left) }) : undefined;
  const run = async (reason: string, key: string): Promise<void> => {
    if (!money || tooMuch) throw new Error(problem ?? tooMuch);
    await ask(adminSubscriptionsPeriodsRefundCreate({ path: { period_id: period.id }, body: { amount: money, reason, end }, headers: withKey(key) }));
  };
  const live = ["starting", "active", "past_due"].includes(row.status);
  return (
    <ReasonDialog title={t("Give money back to {owner}", { owner: row.owner.name })} confirm={money && !tooMuch ? t("Refund {money}", { money: formatMoney(money) }) : t("Refund")} danger onClose={onClose} run={run}>
      <Text>{t("It goes back to the card that paid, with a credit note. The plan holds on unless you end it.")}</Text>
      <MoneyInput label={t("Amount")} required currency={left.currency} value={typed} onChange={type} error={problem ?? tooMuch} />
      {live ? <Checkbox label={t("End the plan at once")} checked={end} onChange={(event) => setEnd(event.currentTarget.checked)} /> : null}
    </ReasonDialog>
  );
}
