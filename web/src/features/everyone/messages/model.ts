/**
 * What one device knows of a conversation, and how pages and frames change it. Pure; `messaging/tests/device.py` is the
 * same in Python, and there a property test holds it to: snapshot + frames = fresh snapshot.
 *
 * Two rules make the order of what arrives irrelevant: of two copies the one with the higher revision counts, and
 * receipts are kept as the spans that they name.
 */

import type { Conversation, Message, Quote } from "@jobsphere/api-client";

/** What somebody was delivered, or has read: the messages from first to last, at a moment. */
export interface Receipt {
  kind: "delivered" | "read";
  personId: string;
  firstId: string;
  lastId: string;
  at: string;
}

export interface Room {
  chat: Conversation | undefined;
  copies: ReadonlyMap<string, Message>;
  /** Hidden by the person, for good. */
  gone: ReadonlySet<string>;
  receipts: readonly Receipt[];
  /** The window of history that was fetched without a gap; undefined before the first page. */
  window: { oldest: string; newest: string } | undefined;
  /** There is nothing older, nothing newer than the window. */
  atStart: boolean;
  atEnd: boolean;
}

/** A page of the history, the newest first, and whether it goes on. */
export interface HistoryPage {
  rows: readonly Message[];
  older: boolean;
  newer: boolean;
}

export type Change =
  | { type: "chat"; chat: Conversation }
  | { type: "page"; where: "newest" | "older" | "newer" | "around"; page: HistoryPage }
  | { type: "message"; message: Message }
  | { type: "frame"; name: string; data: FrameData };

export interface FrameData {
  chat: Conversation;
  message?: Message;
  hidden_id?: string;
  person_id?: string;
  first_id?: string;
  last_id?: string;
  at?: string;
}

export const EMPTY: Room = {
  chat: undefined,
  copies: new Map(),
  gone: new Set(),
  receipts: [],
  window: undefined,
  atStart: false,
  atEnd: true,
};

/** The frames that tell of conversations. */
export const FRAMES = [
  "message.sent",
  "message.changed",
  "message.deleted",
  "conversation.read",
  "conversation.delivered",
  "conversation.changed",
] as const;

export function reduce(room: Room, change: Change): Room {
  if (change.type === "chat") return { ...room, chat: newerChat(room.chat, change.chat) };
  if (change.type === "message") return withMessages(room, [change.message]);
  if (change.type === "page") return withPage(room, change.where, change.page);
  return withFrame({ ...room, chat: newerChat(room.chat, change.data.chat) }, change.name, change.data);
}

/** The messages as the person sees them, the oldest first. */
export function shown(room: Room): Message[] {
  const { window } = room;
  if (!window && room.copies.size > 0 && !room.atEnd) return [];
  return [...room.copies.values()]
    .filter(({ id }) => !room.gone.has(id) && within(room, id))
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map((copy) => asShown(room, copy));
}

/** Frames come as JSON of unknown shape; what has no conversation in it is not about one. */
export function asFrame(data: unknown): FrameData | undefined {
  if (typeof data !== "object" || data === null || !("chat" in data)) return undefined;
  const { chat } = data;
  const isChat = typeof chat === "object" && chat !== null && "id" in chat && "revision" in chat;
  return isChat ? (data as FrameData) : undefined;
}

export function newerChat(known: Conversation | undefined, chat: Conversation): Conversation {
  return known && known.revision > chat.revision ? known : chat;
}

function within(room: Room, id: string): boolean {
  const { window } = room;
  return (room.atStart || !window || id >= window.oldest) && (room.atEnd || !window || id <= window.newest);
}

function withFrame(room: Room, name: string, data: FrameData): Room {
  const { person_id: personId, first_id: firstId, last_id: lastId, at } = data;
  if (personId && firstId && lastId && at) {
    const kind = name === "conversation.read" ? "read" : "delivered";
    return { ...room, receipts: [...room.receipts, { kind, personId, firstId, lastId, at }] };
  }
  if (data.hidden_id) return { ...room, gone: new Set(room.gone).add(data.hidden_id) };
  return data.message ? withMessages(room, [data.message]) : room;
}

function withPage(room: Room, where: "newest" | "older" | "newer" | "around", page: HistoryPage): Room {
  const first = page.rows.at(-1)?.id;
  const last = page.rows[0]?.id;
  if (!first || !last) {
    const nothing = where === "newest" ? { atEnd: true, atStart: true } : {};
    return { ...room, atStart: where === "older" || room.atStart, atEnd: where === "newer" || room.atEnd, ...nothing };
  }
  const known = withMessages(withoutHidden(room, page.rows), page.rows);
  const old = room.window;
  if (where === "older" && old) return { ...known, window: { ...old, oldest: min(first, old.oldest) }, atStart: !page.older };
  if (where === "newer" && old) return { ...known, window: { ...old, newest: max(last, old.newest) }, atEnd: !page.newer };
  const joins = where === "newest" && old && (first <= old.newest || !page.older);
  if (joins) {
    const atStart = room.atStart || (!page.older && first <= old.oldest);
    return { ...known, window: { oldest: min(first, old.oldest), newest: max(last, old.newest) }, atStart, atEnd: true };
  }
  return { ...known, window: { oldest: first, newest: last }, atStart: !page.older, atEnd: !page.newer };
}

/** What stands between the ends of a page and is missing in it was hidden on another device. */
function withoutHidden(room: Room, rows: readonly Message[]): Room {
  const there = new Set(rows.map(({ id }) => id));
  const [first, last] = [rows.at(-1)?.id ?? "", rows[0]?.id ?? ""];
  const missing = [...room.copies.keys()].filter((id) => id >= first && id <= last && !there.has(id));
  return missing.length === 0 ? room : { ...room, gone: new Set([...room.gone, ...missing]) };
}

function withMessages(room: Room, rows: readonly Message[]): Room {
  const copies = new Map(room.copies);
  for (const row of rows) copies.set(row.id, merged(copies.get(row.id), row));
  return { ...room, copies };
}

/** The newer copy, with the receipts that either has, and the newer quotation. */
function merged(old: Message | undefined, fresh: Message): Message {
  if (!old) return fresh;
  const [newer, older] = fresh.revision >= old.revision ? [fresh, old] : [old, fresh];
  return {
    ...newer,
    delivered_at: newer.delivered_at ?? older.delivered_at,
    read_at: newer.read_at ?? older.read_at,
    reply_to: newer.reply_to && older.reply_to ? newerQuote(newer.reply_to, older.reply_to) : newer.reply_to,
  };
}

function newerQuote(newer: Quote, older: Quote): Quote {
  if (isHidden(older)) return older;
  return !isHidden(newer) && older.revision > newer.revision ? older : newer;
}

/** Hidden by the viewer, which is for good. */
function isHidden(quote: Quote): boolean {
  return quote.gone && quote.sender_id === null;
}

function asShown(room: Room, copy: Message): Message {
  return {
    ...copy,
    delivered_at: copy.delivered_at ?? receiptOf(room, "delivered", copy),
    read_at: copy.read_at ?? receiptOf(room, "read", copy),
    reply_to: copy.reply_to && quoted(room, copy.reply_to),
  };
}

function receiptOf(room: Room, kind: Receipt["kind"], { id, sender_id: sender }: Message): string | null {
  if (sender === null) return null;
  const covers = (each: Receipt) => each.kind === kind && each.personId !== sender && each.firstId <= id && id <= each.lastId;
  return room.receipts.find(covers)?.at ?? null;
}

function quoted(room: Room, quote: Quote): Quote {
  if (room.gone.has(quote.id)) return { id: quote.id, sender_id: null, body: "", file_count: 0, gone: true, revision: 0 };
  const copy = room.copies.get(quote.id);
  return !copy || copy.revision <= quote.revision || isHidden(quote) ? quote : quoteOf(copy);
}

const PREVIEW = 140;

/** The quotation of a message that is known, as the server would make it. */
export function quoteOf(copy: Message): Quote {
  const line = copy.body.split(/\s+/).filter(Boolean).join(" ");
  const letters = [...line];
  return {
    id: copy.id,
    sender_id: copy.sender_id,
    body: letters.length <= PREVIEW ? line : `${letters.slice(0, PREVIEW - 1).join("")}…`,
    file_count: copy.files.length,
    gone: copy.deleted_at !== null,
    revision: copy.revision,
  };
}

function min(one: string, other: string): string {
  return one < other ? one : other;
}

function max(one: string, other: string): string {
  return one > other ? one : other;
}
