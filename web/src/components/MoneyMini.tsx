import type { MoneyPart } from "@/components/MoneyBar";
import classes from "./MoneyMini.module.css";

/** The MoneyBar as a thin line for lists; the figures stand beside it as text, so it is decoration. */
export function MoneyMini({ parts }: { parts: MoneyPart[] }) {
  return (
    <div className={classes.bar} aria-hidden>
      {parts
        .filter((part) => part.money.amount > 0)
        .map((part) => (
          <div key={part.label} style={{ flexGrow: part.money.amount, background: `var(--js-${part.tone})` }} />
        ))}
    </div>
  );
}
