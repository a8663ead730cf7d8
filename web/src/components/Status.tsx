import { statusWord, type Tone } from "@jobsphere/domain/words";
import classes from "./Status.module.css";

const marks: Record<Tone, string> = { neutral: "○", waiting: "◔", good: "●", bad: "×", done: "✓" };

/** Where a thing stands: a word with a mark, so that colour is never the only sign. */
export function Status({ value }: { value: string }) {
  const word = statusWord(value);
  return (
    <span className={classes.status} data-tone={word.tone}>
      <span aria-hidden>{marks[word.tone]}</span> {word.text}
    </span>
  );
}
