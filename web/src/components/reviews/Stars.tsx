import { IconStarFilled } from "@tabler/icons-react";
import { useId } from "react";
import classes from "./Stars.module.css";
import { formatNumber, t } from "@jobsphere/domain/text";

const ONE = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
const FIVE = [1, 2, 3, 4, 5] as const;
const WORDS = ["", t("Poor"), t("Not good"), t("All right"), t("Good"), t("Excellent")] as const;

/** Five stars, filled as far as the rating goes; read out as one sentence. */
export function StarRow({ rating, size = 18 }: { rating: number; size?: number }) {
  return (
    <span className={classes.row} role="img" aria-label={t("{rating} of 5 stars", { rating })}>
      {FIVE.map((star) => (
        <IconStarFilled key={star} size={size} aria-hidden data-on={star <= Math.round(rating) || undefined} />
      ))}
    </span>
  );
}

/** One star, the mean and the number of reviews, for cards; without a review it says so instead of a number. */
export function Rating({ average, count }: { average: number | null; count: number }) {
  if (average === null || count === 0) return <span className={classes.none}>{t("No reviews yet")}</span>;
  return (
    <span className={classes.rating}>
      <IconStarFilled size={17} aria-hidden data-on />
      <strong className="js-number">{formatNumber(average, ONE)}</strong>
      <span className={classes.hidden}>{t("of 5 stars,")}</span>{" "}
      <span className={classes.count}>
        {t("{count, plural, one {# review} other {# reviews}}", { count })}
      </span>
    </span>
  );
}

interface StarsInputProps {
  label: string;
  value: number;
  onChange: (stars: number) => void;
  error?: string | undefined;
}

/** Five radio buttons that look like stars: arrow keys, a name for each, and the word under them. */
export function StarsInput({ label, value, onChange, error }: StarsInputProps) {
  const name = useId();
  return (
    <fieldset className={classes.input} aria-describedby={`${name}-word`} data-error={error ? true : undefined}>
      <legend>{label}</legend>
      <div className={classes.choices}>
        {FIVE.map((star) => (
          <label key={star} data-on={star <= value || undefined}>
            <input
              type="radio"
              name={name}
              value={star}
              checked={star === value}
              onChange={() => onChange(star)}
              aria-invalid={error ? true : undefined}
            />
            <IconStarFilled size={34} aria-hidden />
            <span className={classes.hidden}>
              {t("{star, plural, one {# star} other {# stars}}: {word}", { star, word: WORDS[star] })}
            </span>
          </label>
        ))}
      </div>
      <p id={`${name}-word`} className={classes.word} role={error ? "alert" : undefined}>
        {error ?? (value > 0 ? WORDS[value] : t("Choose one to five stars"))}
      </p>
    </fieldset>
  );
}
