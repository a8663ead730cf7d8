import { payoutsBalanceRetrieve, type Payee, type WalletBalance } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { useQuery } from "@tanstack/react-query";
import { MoneyBar } from "@/components/MoneyBar";
import { FeesNow } from "@/components/fees/FeesNow";
import { Page } from "@/components/Page";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { usePolling } from "@/lib/live/live";
import { BankCard } from "./BankCard";
import { Clearing } from "./Clearing";
import { Earnings } from "./Earnings";
import { Payouts } from "./Payouts";
import { Statement } from "./Statement";
import classes from "./Wallet.module.css";
import { WithdrawForm } from "./WithdrawForm";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

const EVERY = 20_000;

/** What a contractor has, what clears until when and why, what is on its way, and how it gets to the bank. */
export function WalletPage() {
  const refetchInterval = usePolling(EVERY);
  const wallet = useQuery({
    queryKey: ["payouts", "balance"],
    queryFn: () => ask(payoutsBalanceRetrieve()),
    refetchInterval,
  });
  return (
    <Page title={t("Wallet")}>
      {wallet.isError ? <Failed error={wallet.error} retry={() => void wallet.refetch()} /> : null}
      {wallet.isPending ? <Loading rows={2} height={220} /> : null}
      {wallet.data ? (
        <div className={classes.columns}>
          <div className={classes.main}>
            {wallet.data.balances.map((balance) => (
              <Purse key={balance.available.currency} balance={balance} payee={wallet.data.payee} />
            ))}
            <Earnings />
            <Section title={t("Statement")}>
              <Statement />
            </Section>
          </div>
          <div className={classes.main}>
            <FeesNow />
            <BankCard payee={wallet.data.payee} currencies={wallet.data.balances.map(({ available }) => available.currency)} />
            <Section title={t("Withdrawals")}>
              <Payouts />
            </Section>
          </div>
        </div>
      ) : null}
    </Page>
  );
}

function Purse({ balance, payee }: { balance: WalletBalance; payee: Payee }) {
  return (
    <section className={classes.purse} aria-label={balance.available.currency}>
      <p className={classes.label}>{t("You can withdraw")}</p>
      <p className={classes.amount}>{formatMoney(balance.available)}</p>
      <MoneyBar
        caption={t("What is yours")}
        parts={[
          { label: t("available"), money: balance.available, tone: "protected" },
          { label: t("clearing"), money: balance.clearing, tone: "waiting" },
          { label: t("on its way to the bank"), money: balance.in_transit, tone: "released" },
        ]}
      />
      {balance.owed.amount > 0 ? (
        <p className={classes.owed} role="note">
          <Said text="You owe us <0>{owed}</0> because a customer's bank took a payment back. It is kept from what you earn next; there is nothing to do." tags={[<strong className="js-number" />]} values={{ owed: formatMoney(balance.owed) }} />
        </p>
      ) : null}
      <WithdrawForm balance={balance} payee={payee} />
      <Clearing lots={balance.lots} />
    </section>
  );
}
