import { walletEntriesList, type WalletEntry } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { LoadMore, usePages } from "@/components/pages";
import { Row, Rows } from "@/components/Rows";
import { Empty, Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { formatDay } from "@/lib/time";
import classes from "./Wallet.module.css";
import { entryWord } from "./words";
import { t } from "@jobsphere/domain/text";

/** Every change of the wallet with what was in it afterwards, from the ledger. */
export function Statement() {
  const entries = usePages<WalletEntry>(["wallet", "entries"], (cursor) =>
    ask(walletEntriesList({ query: { cursor, page_size: 12 } })),
  );
  if (entries.isError) return <Failed error={entries.error} retry={() => void entries.refetch()} />;
  if (!entries.rows) return <Loading rows={4} height={64} />;
  if (entries.rows.length === 0) return <Empty title={t("Nothing yet")}>{t("Your first approved milestone will stand here.")}</Empty>;
  return (
    <>
      <Rows label={t("Statement")}>
        {entries.rows.map((entry) => (
          <Row
            key={entry.id}
            title={entryWord(entry.code)}
            to={entry.about?.link}
            text={[formatDay(entry.posted_at), entry.about?.title ?? entry.memo, entry.about?.part].filter(Boolean).join(" · ")}
            end={
              <>
                <span className={`js-number ${entry.amount.amount < 0 ? classes.out : classes.in}`}>
                  {entry.amount.amount > 0 ? "+" : ""}
                  {formatMoney(entry.amount)}
                </span>
                <span className={`js-number ${classes.after}`}>{t("{balanceAfter} after", { balanceAfter: formatMoney(entry.balance_after) })}</span>
              </>
            }
          />
        ))}
      </Rows>
      <LoadMore {...entries} />
    </>
  );
}
