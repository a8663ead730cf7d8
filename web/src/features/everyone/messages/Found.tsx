import type { Message, SearchResult } from "@jobsphere/api-client";
import { Highlight, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { Failed } from "@/components/States";
import { formatMoment } from "@/lib/time";
import classes from "./Found.module.css";
import { t } from "@jobsphere/domain/text";

interface FoundProps {
  found: UseQueryResult<SearchResult>;
  /** Whose words these are, or with whom. */
  title: (message: Message) => string;
  choose: (message: Message) => void;
}

const AROUND = 60;

/** Messages that have the words in them, with the words marked, and what was looked at. */
export function Found({ found, title, choose }: FoundProps) {
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Text c="dimmed">{t("Looking …")}</Text>;
  const { results, searched, next } = found.data;
  return (
    <div className={classes.found}>
      <Text role="status" size="sm" c="dimmed">
        {results.length === 0 ? t("Nothing found.") : t("{count}{next, select, yes { newest} other {}} found.", { count: results.length, next: next ? "yes" : "other" })} {searched.looked_in}
      </Text>
      {results.length > 0 ? (
        <ul className={classes.list} aria-label={t("Found messages")}>
          {results.map((message) => (
            <li key={message.id}>
              <button type="button" className={classes.hit} onClick={() => choose(message)}>
                <span className={classes.line}>
                  <strong>{title(message)}</strong>
                  <time dateTime={message.created_at}>{formatMoment(message.created_at)}</time>
                </span>
                <Highlight highlight={searched.words} component="span" className={classes.text}>
                  {excerpt(message.body, searched.words)}
                </Highlight>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** The part of a long text where the first of the words stands. */
export function excerpt(text: string, words: readonly string[]): string {
  const line = text.replaceAll(/\s+/g, " ");
  const places = words.map((word) => line.toLowerCase().indexOf(word.toLowerCase())).filter((place) => place >= 0);
  const start = Math.max(0, Math.min(...places, line.length) - AROUND);
  const end = Math.min(line.length, start + 3 * AROUND);
  return `${start > 0 ? "…" : ""}${line.slice(start, end)}${end < line.length ? "…" : ""}`;
}
