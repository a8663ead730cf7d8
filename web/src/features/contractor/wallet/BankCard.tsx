import { type Payee, type PayeeRequirement, payoutsConnectCreate, payoutsRefreshCreate } from "@jobsphere/api-client";
import { Button, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { Status } from "@/components/Status";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { formatDay, formatMoment } from "@/lib/time";
import { BankForm } from "./BankForm";
import { Schedule } from "./Schedule";
import classes from "./Wallet.module.css";
import { t } from "@jobsphere/domain/text";

/** The way to the bank: whether it is open, what is missing and why, and who starts withdrawals. */
export function BankCard({ payee, currencies }: { payee: Payee; currencies: string[] }) {
  const refresh = useReturnFromGateway();
  const open = payee.can_withdraw || payee.cooling_until !== null;
  return (
    <Section title={t("Bank")} aside={payee.can_withdraw ? <Status value="connected" /> : undefined}>
      <Stack className="js-card" gap="sm">
        {refresh.isError ? <Failed error={refresh.error} /> : null}
        {payee.cooling_until ? <Cooling payee={payee} until={payee.cooling_until} /> : null}
        {open ? <Connected payee={payee} /> : <Missing payee={payee} />}
        {payee.form === "bank" ? <BankSettings payee={payee} open={open} /> : <ConnectButton payee={payee} open={open} />}
        {payee.connected && !open ? (
          <Button variant="default" loading={refresh.isPending} onClick={() => refresh.mutate()}>
            {t("Check again")}
          </Button>
        ) : null}
        {open ? <Schedule payee={payee} currency={currencies[0] ?? "USD"} /> : null}
      </Stack>
    </Section>
  );
}

/** Back from the gateway's page, the query string says so: ask how the account stands, once, and tidy the address. */
function useReturnFromGateway() {
  const { onboarded } = useSearch({ strict: false }) as { onboarded?: unknown };
  const navigate = useNavigate();
  const queries = useQueryClient();
  const refresh = useVerb(
    () => ask(payoutsRefreshCreate()),
    (payee) => {
      queries.setQueryData(["payouts", "balance"], (old: { payee: Payee } | undefined) => old && { ...old, payee });
    },
  );
  const asked = useRef(false);
  const { mutate } = refresh;
  useEffect(() => {
    if (onboarded === undefined || asked.current) return;
    asked.current = true;
    mutate();
    void navigate({ to: "/wallet", search: {} as never, replace: true });
  }, [mutate, navigate, onboarded]);
  return refresh;
}

function Connected({ payee }: { payee: Payee }) {
  return (
    <div>
      <Text>{t("Your bank is connected.{coolingUntil, select, yes {} other { Withdrawals can go out.}}", { coolingUntil: payee.cooling_until ? "yes" : "other" })}</Text>
      {payee.bank ? (
        <Text c="dimmed">
          {payee.bank.name || t("Bank account")} <span className="js-number">••{payee.bank.last4}</span>
        </Text>
      ) : null}
    </div>
  );
}

function Cooling({ payee, until }: { payee: Payee; until: string }) {
  return (
    <p className={classes.notice} role="note">
      {t("The bank account was changed{changed, select, unknown {} other { on {changed}}}. Withdrawals wait until {when}, so that nobody else empties your wallet.", { changed: payee.bank_changed_at ? formatMoment(payee.bank_changed_at) : "unknown", when: formatMoment(until) })}
    </p>
  );
}

function Missing({ payee }: { payee: Payee }) {
  if (!payee.connected) {
    return (
      <Text>
        {payee.form === "bank"
          ? t("Tell us once where your money goes.")
          : t("Connect a bank account once. It takes a few minutes, on the page of our payment service.")}
      </Text>
    );
  }
  return (
    <>
      {payee.notice ? <Text fw={600}>{payee.notice}</Text> : null}
      {payee.requirements.length > 0 ? (
        <>
          <Text>{payee.due_by ? t("Still needed by {day}:", { day: formatDay(payee.due_by) }) : t("Still needed:")}</Text>
          <Requirements asked={payee.requirements} />
        </>
      ) : (
        <Text>{t("The payment service is checking what you sent. Look again in a moment.")}</Text>
      )}
    </>
  );
}

function Requirements({ asked }: { asked: PayeeRequirement[] }) {
  return (
    <ul className={classes.asked} aria-label={t("Still needed")}>
      {asked.map((each) => (
        <li key={each.title} data-overdue={each.overdue || undefined}>
          <p>
            {each.title}
            {each.overdue ? ` (${t("overdue")})` : ""}
          </p>
          <p>
            {each.why} {each.action}
          </p>
        </li>
      ))}
    </ul>
  );
}

function BankSettings({ payee, open }: { payee: Payee; open: boolean }) {
  const [changing, setChanging] = useState(!open);
  if (changing) return <BankForm payee={payee} onDone={() => setChanging(false)} />;
  return (
    <Button variant="default" onClick={() => setChanging(true)}>
      {t("Change the bank account")}
    </Button>
  );
}

function ConnectButton({ payee, open }: { payee: Payee; open: boolean }) {
  const here = `${globalThis.location.origin}/wallet`;
  const connect = useVerb(
    (_: void, key) =>
      ask(
        payoutsConnectCreate({
          body: { return_url: `${here}?onboarded=1`, refresh_url: `${here}?onboarded=again` },
          headers: withKey(key),
        }),
      ),
    (answer) => {
      if (answer.onboarding_url) globalThis.location.assign(answer.onboarding_url);
    },
  );
  const label = open ? t("Change the bank details") : payee.connected ? t("Go on") : t("Connect my bank");
  return (
    <>
      {connect.isError ? <Failed error={connect.error} /> : null}
      {connect.data?.pending ? <Text role="status">{t("The payment service has not answered yet. Try again in a moment.")}</Text> : null}
      <Button variant={open ? "default" : "filled"} loading={connect.isPending} onClick={() => connect.mutate()}>
        {label}
      </Button>
    </>
  );
}
