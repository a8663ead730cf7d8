import { type Payee, payoutsConnectCreate, payoutsRefreshCreate, payoutsScheduleCreate } from "@jobsphere/api-client";
import { Button, SegmentedControl, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { Status } from "@/components/Status";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { disabledReason, wantedThings } from "./words";
import classes from "./Wallet.module.css";

/** The way to the bank: whether it is open, what is missing, and who starts withdrawals. */
export function BankCard({ payee }: { payee: Payee }) {
  const refresh = useReturnFromGateway();
  return (
    <Section title="Bank" aside={payee.can_withdraw ? <Status value="connected" /> : undefined}>
      <Stack className="js-card" gap="sm">
        {refresh.isError ? <Failed error={refresh.error} /> : null}
        {payee.can_withdraw ? <Text>Your bank is connected. Withdrawals can go out.</Text> : <Missing payee={payee} />}
        <ConnectButton payee={payee} />
        {payee.connected && !payee.can_withdraw ? (
          <Button variant="default" loading={refresh.isPending} onClick={() => refresh.mutate()}>
            Check again
          </Button>
        ) : null}
        {payee.can_withdraw ? <Schedule payee={payee} /> : null}
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

function Missing({ payee }: { payee: Payee }) {
  const things = wantedThings(payee.currently_due);
  if (!payee.connected) {
    return <Text>Connect a bank account once. It takes a few minutes, on the page of our payment service.</Text>;
  }
  return (
    <>
      {payee.disabled_reason ? <Text fw={600}>{disabledReason(payee.disabled_reason)}</Text> : null}
      {things.length > 0 ? (
        <>
          <Text>Still needed:</Text>
          <ul className={classes.due}>
            {things.map((thing) => (
              <li key={thing}>{thing}</li>
            ))}
          </ul>
        </>
      ) : (
        <Text>The payment service is checking what you sent. Look again in a moment.</Text>
      )}
    </>
  );
}

function ConnectButton({ payee }: { payee: Payee }) {
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
  const label = payee.can_withdraw ? "Change the bank details" : payee.connected ? "Go on" : "Connect my bank";
  return (
    <>
      {connect.isError ? <Failed error={connect.error} /> : null}
      {connect.data?.pending ? <Text role="status">The payment service has not answered yet. Try again in a moment.</Text> : null}
      <Button variant={payee.can_withdraw ? "default" : "filled"} loading={connect.isPending} onClick={() => connect.mutate()}>
        {label}
      </Button>
    </>
  );
}

function Schedule({ payee }: { payee: Payee }) {
  const choose = useVerb((schedule: Payee["schedule"]) => ask(payoutsScheduleCreate({ body: { schedule } })));
  return (
    <Stack gap="xs">
      <Text fw={600} id="schedule">
        Who starts withdrawals?
      </Text>
      {choose.isError ? <Failed error={choose.error} /> : null}
      <SegmentedControl
        aria-labelledby="schedule"
        fullWidth
        value={choose.isPending ? choose.variables : payee.schedule}
        disabled={choose.isPending}
        onChange={(value) => choose.mutate(value as Payee["schedule"])}
        data={[
          { value: "manual", label: "I do" },
          { value: "automatic", label: "By itself" },
        ]}
      />
      <Text size="sm" c="dimmed">
        {payee.schedule === "automatic" ? "Whatever is available goes to the bank by itself." : "Nothing leaves the wallet until you say so."}
      </Text>
    </Stack>
  );
}
