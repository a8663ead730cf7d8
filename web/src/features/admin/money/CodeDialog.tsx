import type { AdminPayout } from "@jobsphere/api-client";
import { adminPayoutsFinalizeCreate } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { t } from "@jobsphere/domain/text";

/** The code that the gateway has sent to the marketplace; it goes to the gateway and is kept nowhere. */
export function CodeDialog({ payout, onClose }: { payout: AdminPayout; onClose: () => void }) {
  const [code, setCode] = useState("");
  const verb = useVerb(
    (otp: string, key) => ask(adminPayoutsFinalizeCreate({ path: { payout_id: payout.id }, body: { otp }, headers: withKey(key) })),
    onClose,
  );
  const said = verb.error ? asProblem(verb.error).at("/otp") : undefined;
  const amount = formatMoney(payout.amount);
  return (
    <Dialog
      title={t("Let {amount} go", { amount })}
      confirm={t("Send {amount}", { amount })}
      busy={verb.isPending}
      error={verb.error}
      onConfirm={() => verb.mutate(code.replaceAll(/\s/g, ""))}
      onClose={onClose}
    >
      <Text>
        {t("{payee} is paid when the gateway has the code that it has sent to you. It is handed on and kept nowhere.", { payee: payout.payee.name })}
      </Text>
      <TextInput
        label={t("The code")}
        required
        data-autofocus
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={16}
        value={code}
        error={said}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
    </Dialog>
  );
}
