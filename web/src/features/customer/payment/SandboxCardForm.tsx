import { Text } from "@mantine/core";
import { useEffect, useId, useState } from "react";
import type { PaymentFormProps } from "./form";
import classes from "./SandboxCardForm.module.css";
import { TEST_CARDS, type TestCard } from "./testCards";
import { t } from "@jobsphere/domain/text";

/** A choice of test cards; no real card can be typed anywhere. */
export function SandboxCardForm({ checkout, onReady, problem }: PaymentFormProps) {
  const note = useId();
  const [card, setCard] = useState<TestCard>();
  useEffect(() => {
    onReady(async () => {
      if (!card) throw new Error("No card is chosen.");
      return { gateway: checkout.gateway, payment_method: card.token };
    });
  }, [card, checkout.gateway, onReady]);
  return (
    <fieldset className={classes.cards} aria-describedby={note}>
      <legend>{t("Card")}</legend>
      <Text size="sm" c="dimmed" id={note}>
        {t("This is a rehearsal: test cards only, no real money moves.")}
      </Text>
      {problem ? (
        <div role="alert" className={classes.problem}>
          {t("{problem} Choose another card; everything else is kept.", { problem })}
        </div>
      ) : null}
      {TEST_CARDS.map((each) => (
        <label key={each.token} className={classes.card}>
          <input type="radio" name="card" checked={card === each} onChange={() => setCard(each)} />
          <span className={classes.number}>{each.number}</span>
          <span className={classes.does}>{each.does}</span>
        </label>
      ))}
    </fieldset>
  );
}
