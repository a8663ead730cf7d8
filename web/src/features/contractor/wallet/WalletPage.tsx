import { payoutsBalanceRetrieve } from "@jobsphere/api-client";
import { useQuery } from "@tanstack/react-query";
import { MoneyBar } from "@/components/MoneyBar";
import { Page } from "@/components/Page";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { formatMoney } from "@jobsphere/domain/money";
import { BankCard } from "./BankCard";
import { Earnings } from "./Earnings";
import { Payouts } from "./Payouts";
import { Statement } from "./Statement";
import classes from "./Wallet.module.css";
import { WithdrawForm } from "./WithdrawForm";

const EVERY = 20_000;

/** What a contractor has, what is on its way, and how it gets to the bank. */
export function WalletPage() {
  const wallet = useQuery({
    queryKey: ["payouts", "balance"],
    queryFn: () => ask(payoutsBalanceRetrieve()),
    refetchInterval: EVERY,
  });
  return (
    <Page title="Wallet">
      {wallet.isError ? <Failed error={wallet.error} retry={() => void wallet.refetch()} /> : null}
      {wallet.isPending ? <Loading rows={2} height={220} /> : null}
      {wallet.data ? (
        <div className={classes.columns}>
          <div className={classes.main}>
            {wallet.data.balances.map((balance) => (
              <section key={balance.available.currency} className={classes.purse} aria-label={balance.available.currency}>
                <p className={classes.label}>You can withdraw</p>
                <p className={classes.amount}>{formatMoney(balance.available)}</p>
                <MoneyBar
                  caption="What is yours"
                  parts={[
                    { label: "available", money: balance.available, tone: "protected" },
                    { label: "on its way to the bank", money: balance.in_transit, tone: "waiting" },
                  ]}
                />
                <WithdrawForm available={balance.available} payee={wallet.data.payee} />
              </section>
            ))}
            <Earnings />
            <Section title="Statement">
              <Statement />
            </Section>
          </div>
          <div className={classes.main}>
            <BankCard payee={wallet.data.payee} />
            <Section title="Withdrawals">
              <Payouts />
            </Section>
          </div>
        </div>
      ) : null}
    </Page>
  );
}
