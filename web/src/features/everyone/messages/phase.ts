import { t } from "@jobsphere/domain/text";

/**
 * Where a chat stands, as one word. Every screen state follows from it, so none is forgotten.
 *
 *   loading -> live <-> polling <-> offline        nothing to show yet -> error
 *   live, polling -> blocked -> live               nobody can write here (any more): history alone
 */
export type Phase = "loading" | "live" | "polling" | "offline" | "blocked" | "error";

export interface Facts {
  /** The conversation was read at least once. */
  loaded: boolean;
  /** What the last reading ended with, if it failed: could the server not be reached, or did it refuse? */
  failure: "unreachable" | "refused" | undefined;
  /** The device says that it has a network. */
  online: boolean;
  /** The socket tells what happens. */
  live: boolean;
  /** The server lets this person write here. */
  open: boolean;
}

export function phaseOf({ loaded, failure, online, live, open }: Facts): Phase {
  // The conversation is not there, or not for this person any more: what was known of it is not shown on.
  if (failure === "refused") return "error";
  if (!online || failure === "unreachable") return loaded ? "offline" : online ? "error" : "offline";
  if (!loaded) return "loading";
  if (!open) return "blocked";
  return live ? "live" : "polling";
}

/** A message may be written: it is sent now, or as soon as there is a connection again. */
export function canWrite(phase: Phase, open: boolean): boolean {
  return open && (phase === "live" || phase === "polling" || phase === "offline");
}

/** What the person should know about the connection; nothing while all is well. */
export const CONNECTION: Partial<Record<Phase, string>> = {
  offline: t("You are offline. What you write is kept and sent when you are back."),
  polling: t("The direct line is down. New messages still come, a few seconds later."),
};
