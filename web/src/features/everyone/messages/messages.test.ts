import type { Conversation, Message } from "@jobsphere/api-client";
import { describe, expect, it } from "vitest";
import { lastLine, placed } from "./Conversations";
import { dayLabel, linesOf } from "./days";
import { excerpt } from "./Found";
import { asFrame, EMPTY, type FrameData, quoteOf, type Room, reduce, shown } from "./model";
import { type Facts, phaseOf } from "./phase";
import { stepText } from "./steps";

const ME = "me";
const PAT = "pat";

function message(number: number, more: Partial<Message> = {}): Message {
  const sender = more.sender_id === undefined ? PAT : more.sender_id;
  return {
    id: `m${String(number).padStart(3, "0")}`,
    chat_id: "c",
    kind: "text",
    sender_id: sender,
    mine: sender === ME,
    client_id: `client-${number}`,
    body: `Text ${number}`,
    note: null,
    reply_to: null,
    files: [],
    delivered_at: null,
    read_at: null,
    edited_at: null,
    deleted_at: null,
    changeable_until: "2026-11-21T12:15:00Z",
    created_at: `2026-11-21T12:${String(number).padStart(2, "0")}:00Z`,
    revision: number,
    allowed_actions: [],
    ...more,
  };
}

function chat(revision: number, more: Partial<Conversation> = {}): Conversation {
  return {
    id: "c",
    subject: { type: "job", id: "j", title: "A tap" },
    other: { id: PAT, name: "Pat" },
    last_message: null,
    unread_count: 0,
    created_at: "2026-11-21T12:00:00Z",
    revision,
    allowed_actions: ["send"],
    ...more,
  };
}

function page(where: "newest" | "older" | "newer" | "around", numbers: number[], older = false, newer = false) {
  return { type: "page" as const, where, page: { rows: numbers.map((each) => message(each)), older, newer } };
}

function frame(name: string, data: Partial<FrameData>) {
  return { type: "frame" as const, name, data: { chat: chat(1), ...data } };
}

const ids = (room: Room): string[] => shown(room).map(({ id }) => id);
const after = (...changes: Parameters<typeof reduce>[1][]): Room => changes.reduce(reduce, EMPTY);

describe("a room: snapshot and frames", () => {
  it("keeps the copy with the higher revision, whatever comes first", () => {
    const first = frame("message.sent", { message: message(1) });
    const changed = frame("message.changed", { message: message(1, { body: "Other", revision: 9 }) });
    for (const room of [after(first, changed), after(changed, first), after(changed, page("newest", [1]))]) {
      expect(shown(room)[0]?.body).toBe("Other");
    }
  });

  it("takes a frame that comes twice once", () => {
    const sent = frame("message.sent", { message: message(1) });
    expect(shown(after(sent, sent))).toEqual(shown(after(sent)));
  });

  it("knows receipts by their spans, also before the message that they are about", () => {
    const read = frame("conversation.read", { person_id: ME, first_id: "m001", last_id: "m002", at: "t1" });
    const delivered = frame("conversation.delivered", { person_id: ME, first_id: "m001", last_id: "m003", at: "t0" });
    const rows = page("newest", [3, 2, 1]);
    for (const room of [after(rows, delivered, read), after(read, delivered, rows), after(read, rows, delivered)]) {
      expect(shown(room).map((row) => [row.delivered_at, row.read_at])).toEqual([["t0", "t1"], ["t0", "t1"], ["t0", null]]);
    }
  });

  it("never reads one's own messages by one's own receipt", () => {
    const read = frame("conversation.read", { person_id: ME, first_id: "m001", last_id: "m009", at: "t1" });
    const mine = frame("message.sent", { message: message(2, { sender_id: ME }) });
    expect(shown(after(read, mine))[0]?.read_at).toBeNull();
  });

  it("forgets what was hidden for good, also when it comes later or is missing in a page", () => {
    const hide = frame("message.deleted", { hidden_id: "m002" });
    expect(ids(after(hide, page("newest", [3, 2, 1])))).toEqual(["m001", "m003"]);
    const hiddenElsewhere = after(page("newest", [3, 2, 1]), page("newest", [3, 1]), frame("message.changed", { message: message(2) }));
    expect(ids(hiddenElsewhere)).toEqual(["m001", "m003"]);
  });

  it("shows what a quoted message says now", () => {
    const answer = message(2, { reply_to: quoteOf(message(1)) });
    const rows = { type: "page" as const, where: "newest" as const, page: { rows: [answer, message(1)], older: false, newer: false } };
    const changed = frame("message.changed", { message: message(1, { body: "Now this", revision: 5 }) });
    const gone = frame("message.deleted", { message: message(1, { body: "", deleted_at: "t", revision: 6 }) });
    expect(shown(after(rows, changed))[1]?.reply_to?.body).toBe("Now this");
    expect(shown(after(gone, changed, rows))[1]?.reply_to).toMatchObject({ body: "", gone: true });
    expect(shown(after(rows, frame("message.deleted", { hidden_id: "m001" })))[0]?.reply_to).toMatchObject({ gone: true, sender_id: null });
  });

  it("shortens a quotation as the server does", () => {
    expect(quoteOf(message(1, { body: `  two\n words ${"x".repeat(200)}` })).body).toHaveLength(140);
    expect(quoteOf(message(1, { body: "two\n  words" })).body).toBe("two words");
  });

  it("keeps the conversation with the higher revision", () => {
    const old = frame("conversation.changed", { chat: chat(3, { unread_count: 3 }) });
    const fresh = frame("conversation.changed", { chat: chat(4, { unread_count: 0 }) });
    expect(after(fresh, old).chat?.unread_count).toBe(0);
    expect(after(old, fresh).chat?.unread_count).toBe(0);
  });

  it("believes no frame without a conversation", () => {
    for (const odd of [undefined, null, "x", {}, { chat: null }, { chat: { id: 1 } }]) expect(asFrame(odd)).toBeUndefined();
    expect(asFrame({ chat: chat(1) })).toBeDefined();
  });
});

describe("a room: the window of history", () => {
  it("grows upwards until there is nothing older", () => {
    const room = after(page("newest", [9, 8], true), page("older", [7, 6], true));
    expect([ids(room), room.atStart]).toEqual([["m006", "m007", "m008", "m009"], false]);
    expect(reduce(room, page("older", [5])).atStart).toBe(true);
    expect(reduce(room, page("older", [])).atStart).toBe(true);
  });

  it("keeps what is far away out of sight, and grows towards it", () => {
    const far = after(page("newest", [9, 8], true), page("around", [3, 2], true, true));
    expect([ids(far), far.atEnd, far.atStart]).toEqual([["m002", "m003"], false, false]);
    const heard = reduce(far, frame("message.sent", { message: message(10) }));
    expect(ids(heard)).toEqual(["m002", "m003"]);
    const joined = reduce(heard, page("newer", [10, 9, 8, 7, 6, 5, 4]));
    expect([ids(joined).length, joined.atEnd]).toEqual([9, true]);
  });

  it("begins anew at the end when too much came for one page", () => {
    const room = after(page("newest", [2, 1]), page("newest", [9, 8], true));
    expect([ids(room), room.atStart, room.atEnd]).toEqual([["m008", "m009"], false, true]);
  });

  it("joins the newest page to what is known", () => {
    const room = after(page("newest", [3, 2], true), page("older", [1]), page("newest", [4, 3], true));
    expect([ids(room), room.atStart]).toEqual([["m001", "m002", "m003", "m004"], true]);
  });
});

describe("where a chat stands", () => {
  const all: Facts = { loaded: true, failure: undefined, online: true, live: true, open: true };
  it.each<[Partial<Facts>, string]>([
    [{}, "live"],
    [{ live: false }, "polling"],
    [{ loaded: false }, "loading"],
    [{ online: false }, "offline"],
    [{ failure: "unreachable" }, "offline"],
    [{ failure: "unreachable", loaded: false }, "error"],
    [{ failure: "refused" }, "error"],
    [{ failure: "refused", online: false }, "error"],
    [{ online: false, loaded: false }, "offline"],
    [{ open: false }, "blocked"],
    [{ open: false, live: false }, "blocked"],
    [{ open: false, online: false }, "offline"],
  ])("%o is %s", (facts, phase) => expect(phaseOf({ ...all, ...facts })).toBe(phase));
});

describe("the lines of a thread", () => {
  it("puts days between messages, and a line where the unread ones begin", () => {
    const rows = [message(1, { created_at: "2026-11-19T12:00:00Z" }), message(2), message(3)];
    const kinds = linesOf(rows, { id: "m002", count: 2 }, new Date("2026-11-21T13:00:00Z")).map((line) => line.type);
    expect(kinds).toEqual(["day", "message", "day", "unread", "message", "message"]);
  });

  it("keeps together what one person wrote in one breath", () => {
    const rows = [message(1), message(2), message(3, { sender_id: ME }), message(20, { sender_id: ME })];
    expect(linesOf(rows, undefined).flatMap((line) => (line.type === "message" ? [line.first] : []))).toEqual([true, false, true, true]);
  });

  it("names days as people do", () => {
    const now = new Date("2026-11-21T12:00:00");
    expect(dayLabel("2026-11-21T01:00:00", now)).toBe("Today");
    expect(dayLabel("2026-11-20T23:00:00", now)).toBe("Yesterday");
    expect(dayLabel("2026-11-02T12:00:00", now)).toBe("Monday, November 2");
    expect(dayLabel("2025-11-02T12:00:00", now)).toContain("2025");
  });
});

describe("words", () => {
  const step = (code: string, params: Record<string, unknown>) => ({ body: "The server's words.", note: { code, params, link: "" } });
  it("tells a step in our words, and in the server's where something is missing or new", () => {
    expect(stepText(step("offer.sent", { amount: { amount: 120_000, currency: "USD" } }))).toBe("An offer of $1,200.00 was made");
    expect(stepText(step("offer.sent", {}))).toBe("The server's words.");
    expect(stepText(step("moon.landed", {}))).toBe("The server's words.");
  });

  it("says the last line of a conversation in short", () => {
    expect(lastLine(message(1, { sender_id: ME, body: "Yes" }))).toBe("You: Yes");
    expect(lastLine(message(1, { deleted_at: "t", body: "" }))).toBe("a message that was taken back");
  });

  it("shows the part of a long text where the word stands", () => {
    const text = `${"a ".repeat(200)}needle ${"b ".repeat(200)}`;
    expect(excerpt(text, ["NEEDLE"])).toContain("needle");
    expect(excerpt(text, ["NEEDLE"]).length).toBeLessThan(200);
    expect(excerpt("short", ["x"])).toBe("short");
  });
});

describe("the list", () => {
  const list = [{ next: null, previous: null, results: [chat(5), { ...chat(1), id: "d" }] }];
  const names = (pages: ReturnType<typeof placed>) => pages.flatMap((each) => each.results.map(({ id, revision }) => `${id}${revision}`));
  it("puts a conversation up when something was said in it, and leaves it where it is when it was read", () => {
    const said = { ...chat(2, { last_message: message(1) }), id: "d" };
    expect(names(placed(list, said))).toEqual(["d2", "c5"]);
    expect(names(placed(list, { ...chat(2), id: "d" }))).toEqual(["c5", "d2"]);
    expect(names(placed(list, { ...chat(1, { last_message: message(1) }), id: "e" }))).toEqual(["e1", "c5", "d1"]);
  });

  it("keeps a newer copy", () => expect(names(placed(list, chat(4)))).toEqual(["c5", "d1"]));
});
