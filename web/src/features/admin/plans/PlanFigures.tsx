import { adminSubscriptionsFiguresRetrieve } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { formatNumber, t } from "@jobsphere/domain/text";
import { useQuery } from "@tanstack/react-query";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import classes from "./Plans.module.css";

/** Subscriptions at a glance, and what the books have of them. */
export function PlanFigures() {
  const found = useQuery({ queryKey: ["admin", "subscriptions", "figures"], queryFn: () => ask(adminSubscriptionsFiguresRetrieve()) });
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={1} height={84} />;
  const { active, trials, past_due, cancelling, lapsed, revenue } = found.data;
  const counts: [string, number][] = [
    [t("Active"), active],
    [t("On trial"), trials],
    [t("Renewal unpaid"), past_due],
    [t("Cancelled, still holding"), cancelling],
    [t("Lapsed so far"), lapsed],
  ];
  return (
    <dl className={classes.figures}>
      <div>
        <dt>{t("Revenue of 30 days")}</dt>
        <dd>{revenue.length > 0 ? revenue.map((each) => formatMoney(each)).join(" · ") : t("None yet")}</dd>
      </div>
      {counts.map(([name, number]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{formatNumber(number)}</dd>
        </div>
      ))}
    </dl>
  );
}
