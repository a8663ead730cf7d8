/** What the server says over the socket (docs/realtime.md), checked before anybody believes it. */

export type Frame =
  | { type: "ready"; seq: number; expiresAt: number; heartbeat: number }
  | { type: "renewed"; expiresAt: number }
  | { type: "expiring" }
  | { type: "ping" }
  | { type: "pong" }
  | { type: "resync"; seq: number }
  | { type: "watching"; topic: string }
  | { type: "error"; re: string; code: string; detail: string; topic?: string }
  | { type: "event"; name: string; seq?: number; data: unknown };

type Json = Record<string, unknown>;

/** Read one frame; undefined for what is none, so that an odd one never breaks the page. */
export function parse(text: unknown): Frame | undefined {
  const given = object(json(text));
  if (!given || typeof given.type !== "string") return undefined;
  const data = object(given.data) ?? {};
  const seq = whole(given.seq);
  switch (given.type) {
    case "ready": {
      const [from, expiresAt, heartbeat] = [whole(data.seq), whole(data.expires_at), whole(data.heartbeat)];
      if (from === undefined || expiresAt === undefined || heartbeat === undefined) return undefined;
      return { type: "ready", seq: from, expiresAt, heartbeat };
    }
    case "renewed": {
      const expiresAt = whole(data.expires_at);
      return expiresAt === undefined ? undefined : { type: "renewed", expiresAt };
    }
    case "resync":
      return seq === undefined ? undefined : { type: "resync", seq };
    case "watching":
      return typeof data.topic === "string" ? { type: "watching", topic: data.topic } : undefined;
    case "error":
      return refusal(data);
    case "expiring":
    case "ping":
    case "pong":
      return { type: given.type };
    default:
      return { type: "event", name: given.type, seq, data: given.data };
  }
}

/** A hint that something has changed; what it is now is asked over HTTP. */
export interface Changed {
  subject: string;
  id?: string;
}

export function asChanged(data: unknown): Changed | undefined {
  const given = object(data);
  if (!given || typeof given.subject !== "string") return undefined;
  return { subject: given.subject, id: typeof given.id === "string" ? given.id : undefined };
}

function refusal(data: Json): Frame | undefined {
  const { re, code, detail, topic } = data;
  if (typeof re !== "string" || typeof code !== "string" || typeof detail !== "string") return undefined;
  return { type: "error", re, code, detail, topic: typeof topic === "string" ? topic : undefined };
}

function json(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function object(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function whole(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) ? value : undefined;
}
