import classes from "./Moderation.module.css";
import { dueText, stateWord } from "./words";

export function State({ value }: { value: string }) {
  const { text, mark } = stateWord(value);
  return (
    <span>
      <span aria-hidden>{mark}</span> {text}
    </span>
  );
}

/** How long there is to answer; what is late says so in words, not only in red. */
export function Due({ by }: { by: string }) {
  const { text, late } = dueText(by);
  return <span className={late ? classes.late : undefined}>{text}</span>;
}
