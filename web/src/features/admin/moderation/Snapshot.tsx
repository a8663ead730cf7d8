import { formatMoment } from "@/lib/time";
import { codeWord } from "../frame/words";
import classes from "./Moderation.module.css";
import { t } from "@jobsphere/domain/text";

/** What a thing said, as its app told it: texts, and lists of them (the lines of a conversation). */
export function Snapshot({ of }: { of: Record<string, unknown> }) {
  const known = wordsOf(of);
  if (known.length === 0) return <p className={classes.words}>{t("It said nothing, or it was thrown away as too old.")}</p>;
  return (
    <dl className={classes.snapshot}>
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{codeWord(name)}</dt>
          <dd>
            <Value value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ value }: { value: unknown }) {
  if (Array.isArray(value)) {
    return (
      <ul>
        {value.map((each, index) => (
          <li key={index}>
            <Value value={each} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value === "object" && value !== null) return <>{wordsOf(value).map(pairText).join("\n")}</>;
  return <>{text(value)}</>;
}

function pairText([name, value]: [string, unknown]): string {
  return name === "body" ? text(value) : `${codeWord(name)}: ${text(value)}`;
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|\+00:00)$/;

function text(value: unknown): string {
  if (typeof value === "string") return MOMENT.test(value) ? formatMoment(value) : value;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** What can be read; ids are for machines. */
function wordsOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([name, each]) => name !== "id" && !isEmpty(each));
}

function isEmpty(value: unknown): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0);
}
