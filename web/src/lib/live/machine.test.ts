// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Peer, serveSockets } from "@/lib/testing/socketServer";
import { LiveSocket, type State, type Wiring } from "./machine";

const READY = { type: "ready", data: { seq: 5, expires_at: 2_000_000_000, heartbeat: 25 } };

interface Page {
  socket: LiveSocket;
  states: State[];
  events: [string, unknown][];
  resyncs: number;
}

function page(url: string, wiring: Partial<Wiring> = {}): Page {
  const seen: Page = { states: [], events: [], resyncs: 0, socket: undefined as unknown as LiveSocket };
  seen.socket = new LiveSocket({
    address: async () => url,
    open: (where) => new WebSocket(where),
    token: () => "token-1",
    renew: async () => true,
    random: () => 0,
    unseen: () => 3,
    onState: (state) => void seen.states.push(state),
    onEvent: (name, data) => void seen.events.push([name, data]),
    onResync: () => void (seen.resyncs += 1),
    ...wiring,
  });
  return seen;
}

describe("with a real server", () => {
  let server: Awaited<ReturnType<typeof serveSockets>>;
  let peers: Peer[] = [];
  let greet: (peer: Peer) => void;

  beforeEach(async () => {
    peers = [];
    greet = (peer) => peer.say(READY);
    server = await serveSockets((peer) => {
      peers.push(peer);
      peer.onHear = (frame) => {
        if (frame.type === "authenticate" && peer.heard.length === 1) greet(peer);
      };
    });
  });
  afterEach(() => server.close());

  test("it says who it is first, and is live once the server is ready", async () => {
    const { socket, states } = page(server.url);
    socket.start();
    await vi.waitFor(() => expect(socket.state).toBe("live"));
    expect(states).toEqual(["connecting", "authenticating", "live"]);
    expect(peers[0]?.heard).toEqual([{ type: "authenticate", data: { token: "token-1", since: 3 } }]);
    socket.stop();
  });

  test("each number is told once, also when the server repeats it; after a cut it asks for the rest", async () => {
    const { socket, events } = page(server.url);
    socket.start();
    await vi.waitFor(() => expect(socket.state).toBe("live"));
    for (const seq of [6, 7, 7, 6]) peers[0]?.say({ type: "changed", seq, data: { subject: "job", id: String(seq) } });
    peers[0]?.say({ type: "typing", data: { who: "pat" } });
    await vi.waitFor(() => expect(events).toHaveLength(3));
    peers[0]?.vanish();
    await vi.waitFor(() => expect(peers).toHaveLength(2), 3000);
    await vi.waitFor(() => expect(socket.state).toBe("live"));
    expect(peers[1]?.heard[0]).toEqual({ type: "authenticate", data: { token: "token-1", last_seq: 7 } });
    peers[1]?.say({ type: "changed", seq: 8, data: {} });
    await vi.waitFor(() => expect(events).toHaveLength(4));
    socket.stop();
  });

  test("a resync moves the number on and asks for everything", async () => {
    const seen = page(server.url);
    seen.socket.start();
    await vi.waitFor(() => expect(seen.socket.state).toBe("live"));
    peers[0]?.say({ type: "resync", seq: 90, data: {} });
    peers[0]?.say({ type: "changed", seq: 90, data: {} });
    peers[0]?.say({ type: "changed", seq: 91, data: {} });
    await vi.waitFor(() => expect(seen.events).toHaveLength(1));
    expect(seen.resyncs).toBe(1);
    seen.socket.stop();
  });

  test("a token that ends is renewed on the same socket", async () => {
    let token = "token-1";
    const seen = page(server.url, {
      token: () => token,
      renew: async () => {
        token = "token-2";
        seen.socket.tokenChanged();
        return true;
      },
    });
    seen.socket.start();
    await vi.waitFor(() => expect(seen.socket.state).toBe("live"));
    peers[0]?.say({ type: "expiring", data: { seconds: 60 } });
    await vi.waitFor(() => expect(peers[0]?.heard.at(-1)).toEqual({ type: "authenticate", data: { token: "token-2" } }));
    expect(peers).toHaveLength(1);
    seen.socket.stop();
  });

  test("who is refused gets a new token before the next attempt, and stays away when signed out", async () => {
    let renewals = 0;
    let signedIn = true;
    greet = (peer) => peer.close(4401);
    const { socket } = page(server.url, {
      renew: async () => {
        renewals += 1;
        return signedIn;
      },
    });
    socket.start();
    await vi.waitFor(() => expect(peers.length).toBeGreaterThan(1), 3000);
    signedIn = false;
    await vi.waitFor(() => expect(socket.state).toBe("off"), 5000);
    expect(renewals).toBeGreaterThan(1);
  });

  test("told to make room for a newer page, it stays away until it is wanted again", async () => {
    const { socket } = page(server.url);
    socket.start();
    await vi.waitFor(() => expect(socket.state).toBe("live"));
    peers[0]?.close(4409);
    await vi.waitFor(() => expect(socket.state).toBe("off"));
    socket.start();
    await vi.waitFor(() => expect(socket.state).toBe("live"));
    socket.stop();
  });

  test("what is watched is watched again after a cut, and once however many watch it", async () => {
    const { socket } = page(server.url);
    const [one, two] = [socket.watch("presence:1"), socket.watch("presence:1")];
    socket.start();
    await vi.waitFor(() => expect(peers[0]?.heard.map((each) => each.type)).toEqual(["authenticate", "watch"]));
    one();
    one();
    peers[0]?.vanish();
    await vi.waitFor(() => expect(peers[1]?.heard.map((each) => each.type)).toEqual(["authenticate", "watch"]), 3000);
    two();
    await vi.waitFor(() => expect(peers[1]?.heard.at(-1)).toEqual({ type: "unwatch", data: { topic: "presence:1" } }));
    expect(socket.send("typing", { typing: true })).toBe(true);
    socket.stop();
    expect(socket.send("typing", { typing: true })).toBe(false);
  });

  test("odd frames do no harm, and a ping is answered", async () => {
    const { socket } = page(server.url);
    socket.start();
    await vi.waitFor(() => expect(socket.state).toBe("live"));
    for (const odd of [[], { type: 5 }, { type: "ready", data: {} }, { type: "resync", data: {} }, null]) peers[0]?.say(odd as object);
    peers[0]?.say({ type: "ping", data: {} });
    await vi.waitFor(() => expect(peers[0]?.heard.at(-1)?.type).toBe("pong"));
    expect(socket.state).toBe("live");
    socket.stop();
  });
});

describe("with a clock of its own", () => {
  /** What the browser gives, moved by hand. */
  class Line {
    static all: Line[] = [];
    readyState = 1;
    sent: string[] = [];
    onopen: (() => void) | null = null;
    onclose: ((event: { code: number }) => void) | null = null;
    onmessage: ((event: { data: string }) => void) | null = null;
    constructor() {
      Line.all.push(this);
    }
    send(text: string): void {
      this.sent.push(text);
    }
    close(): void {
      this.readyState = 3;
    }
    ready(): void {
      this.onopen?.();
      this.onmessage?.({ data: JSON.stringify(READY) });
    }
  }
  const wiring = { open: () => new Line() as unknown as WebSocket };

  beforeEach(() => {
    Line.all = [];
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  test("attempts come at pauses that double up to half a minute, and start small again after a success", async () => {
    const { socket } = page("ws://nowhere/", wiring);
    socket.start();
    const pauses = [];
    for (const expected of [500, 1000, 2000, 4000, 8000, 15_000, 15_000]) {
      await vi.advanceTimersByTimeAsync(0);
      Line.all.at(-1)?.onclose?.({ code: 1006 });
      const before = Line.all.length;
      await vi.advanceTimersByTimeAsync(expected - 1);
      expect(Line.all).toHaveLength(before);
      await vi.advanceTimersByTimeAsync(1);
      pauses.push(Line.all.length - before);
    }
    expect(pauses).toEqual([1, 1, 1, 1, 1, 1, 1]);
    Line.all.at(-1)?.ready();
    Line.all.at(-1)?.onclose?.({ code: 1006 });
    const before = Line.all.length;
    await vi.advanceTimersByTimeAsync(500);
    expect(Line.all).toHaveLength(before + 1);
  });

  test("when a server restarts, people come back spread over five seconds", async () => {
    const { socket } = page("ws://nowhere/", { ...wiring, random: () => 0.8 });
    socket.start();
    await vi.advanceTimersByTimeAsync(0);
    Line.all[0]?.ready();
    Line.all[0]?.onclose?.({ code: 1012 });
    await vi.advanceTimersByTimeAsync(3999);
    expect(Line.all).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(Line.all).toHaveLength(2);
  });

  test("a line that says nothing for two heartbeats is dead, though nobody closed it", async () => {
    const { socket } = page("ws://nowhere/", wiring);
    socket.start();
    await vi.advanceTimersByTimeAsync(0);
    Line.all[0]?.ready();
    await vi.advanceTimersByTimeAsync(54_000);
    Line.all[0]?.onmessage?.({ data: '{"type":"ping","data":{}}' });
    await vi.advanceTimersByTimeAsync(54_000);
    expect(socket.state).toBe("live");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(socket.state).toBe("waiting");
    expect(Line.all[0]?.readyState).toBe(3);
  });

  test("a server that never answers is left after ten seconds", async () => {
    const { socket } = page("ws://nowhere/", wiring);
    socket.start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(socket.state).toBe("waiting");
  });

  test("signing out while it connects ends it for good, and forgets the number", async () => {
    const { socket } = page("ws://nowhere/", wiring);
    socket.start();
    socket.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(Line.all).toHaveLength(0);
    expect(socket.state).toBe("off");
  });

  test("a page that is older than the server remembers asks for everything once it is live", async () => {
    const seen = page("ws://nowhere/", { ...wiring, unseen: () => 400 });
    seen.socket.start();
    await vi.advanceTimersByTimeAsync(0);
    Line.all[0]?.ready();
    expect(seen.resyncs).toBe(1);
  });
});
