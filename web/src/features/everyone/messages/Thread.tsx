import type { Message } from "@jobsphere/api-client";
import { Button, Loader } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Bubble, Step, type Wish } from "./Bubble";
import type { Line } from "./days";
import classes from "./Thread.module.css";
import { t } from "@jobsphere/domain/text";

interface ThreadProps {
  lines: Line[];
  other: string;
  /** What is on its way, after the newest line. */
  children: ReactNode;
  /** Changes when there is something new at the end. */
  newestId: string | undefined;
  /** The message that one came to see. */
  target: string | undefined;
  atStart: boolean;
  atEnd: boolean;
  fetching: boolean;
  canReply: boolean;
  unread: number;
  older: () => unknown;
  newer: () => unknown;
  toNewest: () => Promise<unknown>;
  /** Whether the newest line is in sight. */
  onSight: (inSight: boolean) => void;
  wish: (wish: Wish, message: Message) => void;
  goTo: (id: string) => void;
}

/**
 * The lines of a conversation. The box is filled from its end (column-reverse), so the newest line stays in sight by
 * itself and older pages grow out of its top without a jump.
 */
export function Thread(props: ThreadProps) {
  const { lines, other, atStart, atEnd, fetching, target, newestId, onSight } = props;
  const box = useRef<HTMLDivElement>(null);
  const [inSight, setInSight] = useState(true);
  const top = useInSight(box, props.older, atStart ? -1 : lines.length);
  const bottom = useInSight(box, props.newer, atEnd ? -1 : lines.length);
  const look = useCallback((): void => {
    const away = Math.abs(box.current?.scrollTop ?? 0);
    setInSight(away < 80);
  }, []);
  useEffect(() => onSight(inSight && atEnd), [inSight, atEnd, onSight]);
  // What one writes oneself is always looked at.
  useLayoutEffect(() => {
    const last = lines.at(-1);
    if (last?.type === "message" && last.message.mine && atEnd && !target) box.current?.scrollTo({ top: 0 });
  }, [newestId]);
  useEffect(() => {
    if (target) box.current?.querySelector(`[data-id="${CSS.escape(target)}"]`)?.scrollIntoView({ block: "center" });
  }, [target, lines.length === 0]);
  const jump = async (): Promise<void> => {
    if (!atEnd) await props.toNewest();
    box.current?.scrollTo({ top: 0, behavior: "auto" });
  };
  return (
    <div className={classes.around}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex: it scrolls, so the keyboard must reach it */}
      <div className={classes.box} ref={box} role="log" aria-label={t("Messages")} tabIndex={0} onScroll={look}>
        <ol className={classes.thread}>
          {lines.map((line) => (
            <LineOf key={line.key} line={line} {...props} other={other} />
          ))}
          {atEnd ? null : <li ref={bottom} className={classes.edge} aria-hidden />}
          {props.children}
        </ol>
        <div ref={top} className={classes.edge}>
          {fetching && !atStart ? <Loader size="sm" aria-label={t("Loading older messages")} /> : null}
        </div>
      </div>
      {inSight && atEnd ? null : (
        <Button
          className={classes.jump}
          variant="default"
          radius="xl"
          leftSection={<IconArrowDown size={18} aria-hidden />}
          onClick={() => void jump()}
        >
          {props.unread > 0 ? t("{unread} new", { unread: props.unread }) : t("Newest")}
        </Button>
      )}
    </div>
  );
}

function LineOf({ line, other, canReply, target, wish, goTo }: Pick<ThreadProps, "other" | "canReply" | "target" | "wish" | "goTo"> & { line: Line }) {
  if (line.type === "day") {
    return (
      <li className={classes.day}>
        <span>{line.label}</span>
      </li>
    );
  }
  if (line.type === "unread") {
    return (
      <li className={classes.unread}>
        <span>{t("{count, plural, one {1 new message} other {# new messages}}", { count: line.count })}</span>
      </li>
    );
  }
  if (line.type === "step") return <Step message={line.message} />;
  const { message, first } = line;
  return (
    <Bubble message={message} other={other} first={first} marked={message.id === target} canReply={canReply} wish={wish} goTo={goTo} />
  );
}

/** Calls when an end of the list comes into sight, and again after each page while it stays there; -1: there is no more. */
function useInSight(box: React.RefObject<HTMLElement | null>, reached: () => unknown, count: number) {
  const latest = useRef(reached);
  latest.current = reached;
  const observer = useRef<IntersectionObserver>(undefined);
  const ref = useCallback(
    (edge: HTMLElement | null): void => {
      observer.current?.disconnect();
      if (!edge || count < 0) return;
      observer.current = new IntersectionObserver(([entry]) => entry?.isIntersecting && void latest.current(), {
        root: box.current,
        rootMargin: "600px 0px",
      });
      observer.current.observe(edge);
    },
    [box, count],
  );
  return ref;
}
