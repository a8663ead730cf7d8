import { formatMoney } from "@jobsphere/domain/money";
import { Skeleton } from "@mantine/core";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { currenciesOf, earningsByMonth, type MonthOfEarnings, totalEarned, useEarnings } from "@/lib/earnings";
import { barsOf } from "./chart";
import classes from "./Wallet.module.css";
import { t } from "@jobsphere/domain/text";

const MONTHS = 12;
const BOX = { width: 560, height: 130, gap: 10 };

/** What was earned, month by month, in the busiest currency; drawn from the entries of the statement. */
export function Earnings() {
  const earnings = useEarnings();
  if (earnings.isError) return <Failed error={earnings.error} retry={() => void earnings.refetch()} />;
  if (!earnings.data) return <Skeleton height={230} radius="lg" />;
  const [currency] = currenciesOf(earnings.data);
  if (!currency) return null;
  const months = earningsByMonth(earnings.data, currency, MONTHS, new Date());
  return (
    <Section title={t("Earned by month")} aside={<span>{t("{totalEarned} in all", { totalEarned: formatMoney(totalEarned(earnings.data, currency)) })}</span>}>
      <div className="js-card">
        <Chart months={months} />
      </div>
    </Section>
  );
}

function Chart({ months }: { months: MonthOfEarnings[] }) {
  const bars = barsOf(months, BOX);
  const best = months.reduce((most, month) => (month.money.amount > most.money.amount ? month : most));
  return (
    <>
      <svg viewBox={`0 -22 ${BOX.width} ${BOX.height + 42}`} className={classes.chart} aria-hidden>
        {bars.map((bar) => (
          <g key={bar.month}>
            <rect
              x={bar.x}
              y={bar.y}
              width={bar.width}
              height={bar.height}
              rx={5}
              className={classes.bar}
              data-empty={bar.empty || undefined}
            />
            <text x={bar.x + bar.width / 2} y={BOX.height + 17} textAnchor="middle">
              {bar.label}
            </text>
            {bar.month === best.month && !bar.empty ? (
              <text x={Math.min(Math.max(bar.x + bar.width / 2, 24), BOX.width - 24)} y={-8} textAnchor="middle" className={classes.value}>
                {formatMoney(best.money, { short: true })}
              </text>
            ) : null}
          </g>
        ))}
      </svg>
      <table className={classes.hidden}>
        <caption>{t("Earned by month")}</caption>
        <tbody>
          {months.map(({ month, money }) => (
            <tr key={month}>
              <th scope="row">{month}</th>
              <td>{formatMoney(money)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
