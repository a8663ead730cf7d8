import {
  adminBooksRetrieve,
  adminChargebacksList,
  adminDifferencesList,
  adminEventsList,
  adminMoneyRetrieve,
  adminOperationsList,
  adminRefundsList,
  type StatusSum,
} from "@jobsphere/api-client";
import { formatMoney, type Money } from "@jobsphere/domain/money";
import { Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Row, Rows } from "@/components/Rows";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { ask } from "@/lib/api";
import { AdminPage } from "./frame/AdminPage";
import { useRights } from "./frame/rights";
import { accountWord } from "./frame/words";
import { ModerationFigures } from "./moderation/Figures";
import { placesOfMoney } from "./money/whereMoneyIs";
import classes from "./Overview.module.css";
import { t } from "@jobsphere/domain/text";

/** What needs somebody now, and where every cent is. */
export function OverviewPage() {
  return (
    <AdminPage title={t("Overview")} right="finance" lead={t("What needs somebody now, and where every cent is.")}>
      <Alarms />
      <WhereMoneyIs />
      <Safety />
    </AdminPage>
  );
}

function Safety() {
  return useRights().holds("moderation") ? <ModerationFigures /> : null;
}

interface Alarm {
  to: string;
  search?: Record<string, string>;
  title: string;
}

async function alarms(operator: boolean): Promise<Alarm[]> {
  const one = { page_size: 100 };
  const [operations, refunds, chargebacks, differences, letters] = await Promise.all([
    ask(adminOperationsList({ query: one })),
    ask(adminRefundsList({ query: { ...one, status: "failed" } })),
    ask(adminChargebacksList({ query: { ...one, status: "open" } })),
    ask(adminDifferencesList({ query: { ...one, gone: false, acknowledged: false } })),
    operator ? ask(adminEventsList({ query: one })) : undefined,
  ]);
  const count = (rows: unknown[], next: string | null): string => (next ? `${rows.length}+` : String(rows.length));
  const found: (Alarm & { page: { results: unknown[]; next: string | null } | undefined })[] = [
    { to: "/admin/reconciliation", title: t("Differences between books and gateway"), page: differences },
    { to: "/admin/chargebacks", search: { status: "open" }, title: t("Chargebacks that wait for an answer"), page: chargebacks },
    { to: "/admin/refunds", search: { status: "failed" }, title: t("Refunds that failed, while customers wait"), page: refunds },
    { to: "/admin/operations", title: t("Gateway operations without an outcome"), page: operations },
    { to: "/admin/dead-letters", title: t("Tasks that were given up"), page: letters },
  ];
  return found
    .filter(({ page }) => page && page.results.length > 0)
    .map(({ page, title, ...rest }) => ({ ...rest, title: `${title}: ${count(page?.results ?? [], page?.next ?? null)}` }));
}

function Alarms() {
  const rights = useRights();
  const operator = rights.holds("operations");
  const found = useQuery({ queryKey: ["admin", "alarms", operator], queryFn: () => alarms(operator), refetchInterval: 30_000 });
  return (
    <Section title={t("Needs somebody")}>
      {found.isError ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isPending ? <Loading rows={1} height={58} /> : null}
      {found.data?.length === 0 ? (
        <p className={classes.calm}>
          <IconCircleCheck aria-hidden /> {t("Nothing. No refund failed, no chargeback is open, every gateway operation has an outcome.")}
        </p>
      ) : null}
      {found.data && found.data.length > 0 ? (
        <ul className={classes.alarms}>
          {found.data.map((alarm) => (
            <li key={alarm.to}>
              <Link to={alarm.to} search={(alarm.search ?? {}) as never} className={classes.alarm}>
                <span className={classes.alarmTitle}>{alarm.title}</span>
                <span aria-hidden className="js-turns">→</span>
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  );
}

function WhereMoneyIs() {
  const books = useQuery({ queryKey: ["admin", "books", "quick"], queryFn: () => ask(adminBooksRetrieve({ query: { verify: false } })) });
  const money = useQuery({ queryKey: ["admin", "money"], queryFn: () => ask(adminMoneyRetrieve()) });
  if (books.isError) return <Failed error={books.error} retry={() => void books.refetch()} />;
  if (!books.data) return <Loading rows={1} height={340} />;
  return (
    <>
      {books.data.currencies.map((each) => (
        <Section
          key={each.currency}
          title={t("Every {currency} cent", { currency: each.currency })}
          aside={<Text c="dimmed">{each.difference.amount === 0 ? t("The books balance.") : t("They differ by {difference}!", { difference: formatMoney(each.difference) })}</Text>}
        >
          <Map {...placesOfMoney(each.lines, each.currency)} />
        </Section>
      ))}
      {books.data.currencies.length === 0 ? <Text c="dimmed">{t("No money has moved yet.")}</Text> : null}
      {money.isError ? <Failed error={money.error} retry={() => void money.refetch()} /> : null}
      {money.data ? (
        <div className={classes.statuses}>
          <Sums title={t("Payments")} to="/admin/payments" rows={money.data.payments} />
          <Sums title={t("Protected")} to="/admin/holds" rows={money.data.holds} />
          <Sums title={t("Payouts")} to="/admin/payouts" rows={money.data.payouts} />
          <Sums title={t("Refunds")} to="/admin/refunds" rows={money.data.refunds} />
        </div>
      ) : (
        <Loading rows={2} height={160} />
      )}
    </>
  );
}

const TONES: Record<string, string> = { safe: "protected", earned: "released", moving: "waiting", lost: "fees" };

function Map({ whole, places }: { whole: Money; places: { kind: string; money: Money; tone: string }[] }) {
  const largest = Math.max(1, ...places.map(({ money }) => Math.abs(money.amount)));
  return (
    <div className={classes.map}>
      <div>
        <Text c="dimmed">{t("We hold; below is whose it is, less what banks and gateways took")}</Text>
        <p className={classes.whole}>{formatMoney(whole)}</p>
      </div>
      <ul className={classes.bars}>
        {places.map(({ kind, money, tone }) => (
          <li key={kind} className={classes.bar}>
            <span>{accountWord(kind)}</span>
            <span className={classes.amount}>{formatMoney(tone === "lost" ? { ...money, amount: -money.amount } : money)}</span>
            <span className={classes.track} aria-hidden>
              <span
                className={classes.fill}
                style={{ display: "block", width: `${(100 * Math.abs(money.amount)) / largest}%`, background: `var(--js-${TONES[tone]})` }}
              />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Sums({ title, to, rows }: { title: string; to: string; rows: StatusSum[] }) {
  return (
    <Section title={title}>
      {rows.length === 0 ? <Text c="dimmed">{t("None yet.")}</Text> : null}
      {rows.length > 0 ? (
        <Rows label={title}>
          {rows.map((row) => (
            <Row
              key={`${row.status}${row.amount.currency}`}
              title={
                <Link to={to} search={{ status: row.status } as never}>
                  {formatMoney(row.amount)}
                </Link>
              }
              text={t("{count} in all", { count: row.count })}
              end={<Status value={row.status} />}
            />
          ))}
        </Rows>
      ) : null}
    </Section>
  );
}
