/**
 * One socket as a state machine. It knows no page: what it needs of one is handed in, so it is tested with a clock of
 * its own and with a real server.
 *
 *   off -> connecting -> authenticating -> live
 *            ^                 |             |
 *            +---- waiting <---+-------------+        off: signed out, or told to stay away until the person comes back
 */

import { type Frame, parse } from "./frames";

export type State = "off" | "connecting" | "authenticating" | "live" | "waiting";

/** Why the server closes (docs/realtime.md). */
export const CLOSE = { goingAway: 1012, signedOut: 4401, replaced: 4409 } as const;

export interface Wiring {
  /** Where the socket is now. */
  address: () => Promise<string>;
  open: (address: string) => WebSocket;
  token: () => string;
  /** Get a new token; false when the person is signed out. Rejects while nobody answers. */
  renew: () => Promise<boolean>;
  /** A number from 0 to 1. */
  random: () => number;
  /** Seconds since the page may have fetched something that the socket has not told of. */
  unseen: () => number;
  onState: (state: State) => void;
  onEvent: (name: string, data: unknown) => void;
  /** Anything may have changed: ask for everything again. */
  onResync: () => void;
}

const GREETING = 10_000;
const SLOWEST = 30_000;
const RESTART = 5_000;
/** The server answers for this long a past; a page that fetched earlier asks for everything again. */
const LONGEST_PAST = 300;

export class LiveSocket {
  state: State = "off";
  private socket: WebSocket | undefined;
  private seq: number | undefined;
  private attempts = 0;
  private heartbeat = 25;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly topics = new Map<string, number>();

  constructor(private readonly wiring: Wiring) {}

  /** Connect, unless it is under way already. */
  start(): void {
    if (this.state === "off" || this.state === "waiting") void this.connect();
  }

  /** Let go of everything, also of what was heard so far: somebody else may sign in. */
  stop(): void {
    this.seq = undefined;
    this.attempts = 0;
    this.topics.clear();
    this.drop();
    this.enter("off");
  }

  /** Say something that may get lost; false when nobody hears it now. */
  send(type: string, data: Record<string, unknown> = {}): boolean {
    if (this.state !== "live") return false;
    this.say(type, data);
    return true;
  }

  /** Hear what is said about a topic until the returned function is called; again after each reconnect. */
  watch(topic: string): () => void {
    const watchers = this.topics.get(topic) ?? 0;
    this.topics.set(topic, watchers + 1);
    if (watchers === 0) this.send("watch", { topic });
    let over = false;
    return () => {
      if (over) return;
      over = true;
      const left = (this.topics.get(topic) ?? 1) - 1;
      if (left > 0) this.topics.set(topic, left);
      else if (this.topics.delete(topic)) this.send("unwatch", { topic });
    };
  }

  /** The page has a new token: show it before the old one ends. */
  tokenChanged(): void {
    if (this.state === "live" && this.wiring.token()) this.say("authenticate", { token: this.wiring.token() });
  }

  private async connect(): Promise<void> {
    this.enter("connecting");
    const attempt = this.wiring.address();
    try {
      const signedIn = this.wiring.token() !== "" || (await this.wiring.renew());
      const address = await attempt;
      // Somebody signed out, or started anew, while we waited.
      if (this.state !== "connecting") return;
      if (!signedIn) return this.enter("off");
      this.listen(this.wiring.open(address));
    } catch {
      if (this.state === "connecting") this.wait();
    }
  }

  private listen(socket: WebSocket): void {
    this.socket = socket;
    const mine = (handle: () => void) => () => {
      if (this.socket === socket) handle();
    };
    socket.onopen = mine(() => this.greet());
    socket.onclose = (event) => mine(() => this.closed(event.code))();
    socket.onmessage = (event) => mine(() => this.hear(event.data))();
    this.after(GREETING, () => this.lost());
  }

  private greet(): void {
    this.enter("authenticating");
    const since = Math.ceil(this.wiring.unseen());
    this.say("authenticate", { token: this.wiring.token(), ...(this.seq === undefined ? { since } : { last_seq: this.seq }) });
    this.after(GREETING, () => this.lost());
  }

  private hear(text: unknown): void {
    const frame = parse(text);
    if (this.state === "live") this.expectMore();
    if (frame) this.take(frame);
  }

  private take(frame: Frame): void {
    switch (frame.type) {
      case "ready":
        return this.ready(frame.seq, frame.heartbeat);
      case "ping":
        return this.say("pong");
      case "expiring":
        // The new token comes back through tokenChanged.
        return void this.wiring.renew().catch(() => undefined);
      case "resync":
        this.seq = frame.seq;
        return this.wiring.onResync();
      case "event":
        return this.event(frame.name, frame.seq, frame.data);
    }
  }

  private ready(seq: number, heartbeat: number): void {
    const first = this.seq === undefined;
    this.seq ??= seq;
    this.heartbeat = heartbeat;
    this.attempts = 0;
    this.enter("live");
    this.expectMore();
    for (const topic of this.topics.keys()) this.say("watch", { topic });
    if (first && this.wiring.unseen() > LONGEST_PAST) this.wiring.onResync();
  }

  private event(name: string, seq: number | undefined, data: unknown): void {
    if (seq !== undefined) {
      if (this.seq !== undefined && seq <= this.seq) return;
      this.seq = seq;
    }
    this.wiring.onEvent(name, data);
  }

  /** The server speaks at least once a heartbeat; when it does not, the line is dead though nobody has closed it. */
  private expectMore(): void {
    this.after((2 * this.heartbeat + 5) * 1000, () => this.lost());
  }

  private lost(): void {
    this.drop();
    this.wait();
  }

  private closed(code: number): void {
    this.drop();
    if (code === CLOSE.replaced) return this.enter("off");
    if (code === CLOSE.signedOut) return void this.signInAgain();
    this.wait(code === CLOSE.goingAway ? RESTART * this.wiring.random() : undefined);
  }

  private async signInAgain(): Promise<void> {
    this.enter("waiting");
    try {
      const signedIn = await this.wiring.renew();
      if (this.state !== "waiting") return;
      if (!signedIn) return this.enter("off");
    } catch {
      // Nobody answers; the next attempt asks again.
    }
    if (this.state === "waiting") this.wait();
  }

  /** Try again after a pause that doubles, with jitter, so that not everybody comes back at once. */
  private wait(pause?: number): void {
    this.enter("waiting");
    const longest = Math.min(SLOWEST, 1000 * 2 ** this.attempts);
    this.attempts += 1;
    this.after(pause ?? longest * (0.5 + this.wiring.random() / 2), () => void this.connect());
  }

  private say(type: string, data: Record<string, unknown> = {}): void {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify({ type, data }));
  }

  private drop(): void {
    clearTimeout(this.timer);
    const socket = this.socket;
    this.socket = undefined;
    socket?.close();
  }

  private after(milliseconds: number, then: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(then, milliseconds);
  }

  private enter(state: State): void {
    if (state === "off" || state === "connecting") clearTimeout(this.timer);
    if (this.state === state) return;
    this.state = state;
    this.wiring.onState(state);
  }
}
