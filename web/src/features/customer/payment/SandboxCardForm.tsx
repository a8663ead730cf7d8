import { Text } from "@mantine/core";
import { useId } from "react";
import type { PaymentFormProps } from "./form";
import classes from "./SandboxCardForm.module.css";
import { TEST_CARDS } from "./testCards";

/** A choice of test cards; no real card can be typed anywhere. */
export function SandboxCardForm({ card, onChoose, problem }: PaymentFormProps) {
  const note = useId();
  return (
    <fieldset className={classes.cards} aria-describedby={note}>
      <legend>Card</legend>
      <Text size="sm" c="dimmed" id={note}>
        This is a rehearsal: test cards only, no real money moves.
      </Text>
      {problem ? (
        <div role="alert" className={classes.problem}>
          {problem} Choose another card; everything else is kept.
        </div>
      ) : null}
      {TEST_CARDS.map((each) => (
        <label key={each.token} className={classes.card}>
          <input
            type="radio"
            name="card"
            checked={card?.token === each.token}
            onChange={() => onChoose({ token: each.token, label: each.label })}
          />
          <span className={classes.number}>{each.number}</span>
          <span className={classes.does}>{each.does}</span>
        </label>
      ))}
    </fieldset>
  );
}
