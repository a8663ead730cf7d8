import { Text } from "@mantine/core";
import { formatMoney, type Money } from "@jobsphere/domain/money";
import type { MoneyTone } from "@jobsphere/tokens";
import classes from "./MoneyBar.module.css";
import { t } from "@jobsphere/domain/text";

export interface MoneyPart {
  label: string;
  money: Money;
  tone: MoneyTone;
}

interface MoneyBarProps {
  /** What the parts add up to, in words: "of $1,000.00 paid". */
  caption: string;
  parts: MoneyPart[];
}

/** Where every cent is: one bar whose parts add up to the whole, with the same figures as text beside it. */
export function MoneyBar({ caption, parts }: MoneyBarProps) {
  const shown = parts.filter((part) => part.money.amount > 0);
  const total = shown.reduce((sum, part) => sum + part.money.amount, 0);
  const spoken = shown.map((part) => `${formatMoney(part.money)} ${part.label}`).join(", ");
  return (
    <figure className={classes.figure}>
      <div className={classes.bar} role="img" aria-label={`${caption}: ${spoken || t("nothing yet")}`}>
        {shown.map((part) => (
          <div
            key={part.label}
            className={classes.part}
            style={{ flexGrow: Math.max(part.money.amount / (total || 1), 0.04), background: `var(--js-${part.tone})` }}
          />
        ))}
      </div>
      <figcaption className={classes.caption}>
        <Text size="sm" c="dimmed">
          {caption}
        </Text>
        <ul className={classes.legend}>
          {shown.map((part) => (
            <li key={part.label}>
              <span className={classes.dot} style={{ background: `var(--js-${part.tone})` }} aria-hidden />
              <strong className="js-number">{formatMoney(part.money)}</strong> {part.label}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
