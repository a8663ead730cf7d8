import { Text } from "@mantine/core";
import { useEffect } from "react";
import type { PaymentFormProps } from "./form";
import { methodNames } from "./methods";
import classes from "./SandboxCardForm.module.css";
import { t } from "@jobsphere/domain/text";

/** Paying happens on the gateway's own page: say so before the person is sent there, and what they can pay with. */
export function RedirectForm({ checkout, onReady, problem }: PaymentFormProps) {
  useEffect(() => onReady(async () => ({ gateway: checkout.gateway })), [checkout.gateway, onReady]);
  return (
    <div>
      {problem ? (
        <div role="alert" className={classes.problem}>
          {t("{problem} You can try again, or pay in another way on the next page.", { problem })}
        </div>
      ) : null}
      <Text>
        {t("Next you pay on a secure page, with {methodNames}. Then you come back here; what you filled in is kept.", { methodNames: methodNames(checkout.methods.map((method) => method.kind)) })}
      </Text>
    </div>
  );
}
