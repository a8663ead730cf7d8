import { type Contract, contractsCancelCreate } from "@jobsphere/api-client";
import { Button, Stack, Text, Textarea, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { formatMoney } from "@jobsphere/domain/money";
import { useState } from "react";
import { useBookingOf } from "@/components/bookings/useBookingOf";
import { Dialog } from "@/components/Dialog";
import { MoneyBar } from "@/components/MoneyBar";
import { useVerb } from "@/components/useVerb";
import { useAccount } from "@/lib/account";
import { ask, withKey } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { cancelParts } from "./cancelParts";
import { t } from "@jobsphere/domain/text";

/** What cancelling would do to the money, before anybody clicks. Nothing where the card of the booking offers it already. */
export function CancelContract({ contract }: { contract: Contract }) {
  const [asking, setAsking] = useState(false);
  const booking = useBookingOf(contract.id);
  const preview = contract.if_cancelled;
  if (booking.isPending || (booking.data?.if_cancelled && booking.data.allowed_actions.includes("cancel"))) return null;
  if (!preview || !contract.allowed_actions.includes("cancel")) return null;
  const total = preview.refund.amount + preview.payout.amount + preview.platform_fee.amount + preview.service_fee.amount;
  return (
    <section className="js-card" aria-labelledby="cancelling">
      <Stack gap="sm" align="flex-start">
        <Title order={2} size="h4" id="cancelling">
          {t("If you cancelled now")}
        </Title>
        <div style={{ width: "100%" }}>
          <MoneyBar
            caption={t("What becomes of {money}", { money: formatMoney({ amount: total, currency: contract.amount.currency }) })}
            parts={cancelParts(preview)}
          />
        </div>
        <Text size="sm" c="dimmed">
          {contract.cancellation_summary}
        </Text>
        <Button variant="default" c="var(--mantine-color-error)" onClick={() => setAsking(true)}>
          {t("Cancel the contract")}
        </Button>
      </Stack>
      {asking ? <AskCancel contract={contract} close={() => setAsking(false)} /> : null}
    </section>
  );
}

function AskCancel({ contract, close }: { contract: Contract; close: () => void }) {
  const isCustomer = useAccount().data?.id === contract.customer.id;
  const [reason, setReason] = useState("");
  const [judged, setJudged] = useState(false);
  const refund = formatMoney(contract.if_cancelled?.refund ?? contract.amount);
  const cancel = useVerb<void>(
    (_, key) =>
      ask(
        contractsCancelCreate({
          path: { contract_id: contract.id },
          body: { reason: reason.trim() },
          headers: withKey(key),
        }),
      ),
    () => {
      notifications.show({ message: t("The contract is cancelled.") });
      close();
    },
  );
  const own = judged && reason.trim().length < 3 ? t("Say why.") : undefined;
  return (
    <Dialog
      title={t("Cancel this contract?")}
      confirm={t("Cancel the contract")}
      danger
      busy={cancel.isPending}
      error={cancel.error}
      onConfirm={() => (reason.trim().length < 3 ? setJudged(true) : cancel.mutate())}
      onClose={close}
    >
      <Text>
        {isCustomer
            ? t("The work ends here. {refund} goes back to your card, as the bar shows. You cannot take this back.", { refund })
            : t("The work ends here. {refund} goes back to the customer, as the bar shows. You cannot take this back.", { refund })}
      </Text>
      <Textarea
        label={t("Why")}
        required
        maxLength={1000}
        value={reason}
        error={own ?? (cancel.isError ? asProblem(cancel.error).at("/reason") : undefined)}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  );
}
