import type { Message, Quote } from "@jobsphere/api-client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Attached } from "@/components/attachments/attached";
import { asProblem } from "@/lib/problems";

/** A message on its way. Its client_id stays the same however often it is sent, so it can arrive once only. */
export interface Waiting {
  clientId: string;
  body: string;
  files: Attached[];
  replyTo?: Quote | undefined;
  at: string;
  /** Why it did not arrive, in a sentence; `final`: sending the same again will not help. */
  problem?: { text: string; final: boolean } | undefined;
}

/** Sends one; what it answers is what arrived. */
export type Send = (message: Waiting) => Promise<Message>;

const AGAIN = 5_000;

/** Where the messages of a conversation wait. A draft to the session: who signs out takes it along (lib/drafts). */
export function placeOf(chat: string): string {
  return `jobsphere.draft.outbox.${chat}`;
}

export function kept(chat: string): Waiting[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(placeOf(chat)) ?? "[]");
    return Array.isArray(found) ? (found as Waiting[]) : [];
  } catch {
    return [];
  }
}

function keep(chat: string, waiting: readonly Waiting[]): void {
  if (waiting.length === 0) localStorage.removeItem(placeOf(chat));
  else localStorage.setItem(placeOf(chat), JSON.stringify(waiting));
}

/**
 * Messages that did not arrive yet, in their order; they survive a reload. One is sent after the other, so they arrive
 * as they were written; the first that cannot be sent holds back the others until it is sent again or taken away.
 */
export function useOutbox(chat: string, send: Send, arrived: (message: Message) => void) {
  const [waiting, setWaiting] = useState(() => kept(chat));
  const latest = useRef(waiting);
  const busy = useRef(false);
  const wiring = useRef({ send, arrived });
  wiring.current = { send, arrived };

  const change = useCallback(
    (to: (all: Waiting[]) => Waiting[]): void => {
      latest.current = to(latest.current);
      keep(chat, latest.current);
      setWaiting(latest.current);
    },
    [chat],
  );

  const run = useCallback(async (): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    try {
      for (let next = latest.current[0]; next && !next.problem?.final; next = latest.current[0]) {
        const id = next.clientId;
        change((all) => all.map((each) => (each.clientId === id ? { ...each, problem: undefined } : each)));
        try {
          const sent = await wiring.current.send(next);
          change((all) => all.filter((each) => each.clientId !== id));
          wiring.current.arrived(sent);
        } catch (error) {
          const { message, retryable } = asProblem(error);
          change((all) => all.map((each) => (each.clientId === id ? { ...each, problem: { text: message, final: !retryable } } : each)));
          return;
        }
      }
    } finally {
      busy.current = false;
    }
  }, [change]);

  const put = useCallback(
    (message: Waiting): void => {
      change((all) => [...all, message]);
      void run();
    },
    [change, run],
  );
  const again = useCallback(
    (clientId: string): void => {
      change((all) => all.map((each) => (each.clientId === clientId ? { ...each, problem: undefined } : each)));
      void run();
    },
    [change, run],
  );
  const takeAway = useCallback(
    (clientId: string): void => {
      change((all) => all.filter((each) => each.clientId !== clientId));
      void run();
    },
    [change, run],
  );

  const stuck = waiting.some((each) => each.problem && !each.problem.final);
  useEffect(() => {
    void run();
  }, [run]);
  useEffect(() => {
    if (!stuck) return;
    const timer = setInterval(() => void run(), AGAIN);
    const back = (): void => void run();
    globalThis.addEventListener("online", back);
    return () => {
      clearInterval(timer);
      globalThis.removeEventListener("online", back);
    };
  }, [stuck, run]);

  return { waiting, put, again, takeAway };
}
