import { type Payout, payoutsCancelCreate, payoutsHistoryList } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Button, Text } from "@mantine/core";
import { LoadMore, usePages } from "@/components/pages";
import { Row, Rows } from "@/components/Rows";
import { Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { formatDay } from "@/lib/time";
import { t } from "@jobsphere/domain/text";

export function Payouts() {
  const payouts = usePages<Payout>(["payouts", "history"], (cursor) =>
    ask(payoutsHistoryList({ query: { cursor, page_size: 8 } })),
  );
  if (payouts.isError) return <Failed error={payouts.error} retry={() => void payouts.refetch()} />;
  if (!payouts.rows) return <Loading rows={1} height={160} />;
  if (payouts.rows.length === 0) return <Text c="dimmed">{t("None yet.")}</Text>;
  return (
    <>
      <Rows label={t("Withdrawals")}>
        {payouts.rows.map((payout) => (
          <PayoutRow key={payout.id} payout={payout} />
        ))}
      </Rows>
      <LoadMore {...payouts} />
    </>
  );
}

function when(payout: Payout): string {
  if (payout.waiting_for === "marketplace") return t("waits for us to confirm it");
  if (payout.completed_at) return formatDay(payout.completed_at);
  return payout.arrives_at ? t("arrives by {day}", { day: formatDay(payout.arrives_at) }) : t("asked on {day}", { day: formatDay(payout.created_at) });
}

function PayoutRow({ payout }: { payout: Payout }) {
  const cancel = useVerb((_: void, key) =>
    ask(payoutsCancelCreate({ path: { payout_id: payout.id }, headers: withKey(key) })),
  );
  const failure = payout.failure as { message?: string } | null;
  return (
    <Row
      title={<span className="js-number">{formatMoney(payout.amount)}</span>}
      text={
        <>
          {when(payout)}
          {payout.automatic ? t(", by itself") : ""}
          {payout.fee.amount > 0 ? t(", {fee} fee for speed", { fee: formatMoney(payout.fee) }) : ""}
          {failure?.message ? <span role="note">. {failure.message}</span> : null}
        </>
      }
      end={
        <>
          <Status value={payout.status} />
          {payout.allowed_actions.includes("cancel") ? (
            <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
              {t("Cancel")}
            </Button>
          ) : null}
        </>
      }
    />
  );
}
