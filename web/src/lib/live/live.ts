/** The one socket of the page: open while somebody is signed in. Screens use `useLive`, `useLiveStatus` and `live`. */

import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { accessToken, isSignedIn, onSessionChange, renew } from "@/lib/session";
import { LiveSocket, type State } from "./machine";

type Handle = (data: unknown) => void;

const handlers = new Map<string, Set<Handle>>();
const resyncs = new Set<() => void>();
let listeners: (() => void)[] = [];
const opened = performance.now();
let address: string | undefined;

const socket = new LiveSocket({
  address: findAddress,
  open: (where) => new WebSocket(where),
  token: accessToken,
  renew,
  random: Math.random,
  unseen: () => (performance.now() - opened) / 1000 + 2,
  onState: () => {
    for (const listener of listeners) listener();
  },
  onEvent: (name, data) => {
    for (const handle of handlers.get(name) ?? []) handle(data);
  },
  onResync: () => {
    for (const handle of resyncs) handle();
  },
});

/** Beside the page, unless the server says that sockets have an address of their own. */
async function findAddress(): Promise<string> {
  if (address !== undefined) return address;
  const answer = await fetch("/api/socket/");
  const told: unknown = answer.ok ? await answer.json() : {};
  const url = typeof told === "object" && told !== null && "url" in told ? String(told.url) : "";
  const found = new URL(url || "/ws/", globalThis.location.href);
  found.protocol = found.protocol.replace("http", "ws");
  address = found.href;
  return address;
}

/** Follow the session: open with it, end with it, and show each new token. */
export function startLive(): () => void {
  let wasSignedIn = false;
  const follow = () => {
    const signedIn = isSignedIn();
    if (signedIn && wasSignedIn) socket.tokenChanged();
    if (signedIn) socket.start();
    else if (wasSignedIn) socket.stop();
    wasSignedIn = signedIn;
  };
  // Back in sight, or back on the net: no reason to sit out a pause.
  const retry = () => {
    if (isSignedIn() && document.visibilityState === "visible") socket.start();
  };
  follow();
  const unfollow = onSessionChange(follow);
  document.addEventListener("visibilitychange", retry);
  globalThis.addEventListener("online", retry);
  return () => {
    unfollow();
    document.removeEventListener("visibilitychange", retry);
    globalThis.removeEventListener("online", retry);
    socket.stop();
  };
}

export const live = {
  /** Say something that may get lost ("typing"); false when nobody hears it now. */
  send: (frame: { type: string; data?: Record<string, unknown> }): boolean => socket.send(frame.type, frame.data),
  /** Hear about a topic until the returned function is called. */
  watch: (topic: string): (() => void) => socket.watch(topic),
};

/** Hear frames of a type while the component is there. */
export function useLive(type: string, handle: Handle): void {
  const latest = useEffectEvent(handle);
  useEffect(() => {
    const mine: Handle = (data) => latest(data);
    const all = handlers.get(type) ?? new Set();
    handlers.set(type, all.add(mine));
    return () => {
      all.delete(mine);
    };
  }, [type]);
}

/** Hear that anything may have changed. */
export function useResync(handle: () => void): void {
  const latest = useEffectEvent(handle);
  useEffect(() => {
    const mine = () => latest();
    resyncs.add(mine);
    return () => {
      resyncs.delete(mine);
    };
  }, []);
}

export type LiveStatus = "off" | "connecting" | "live";

/** Whether the page hears what happens at once; while it does not, screens ask now and then. */
export function useLiveStatus(): LiveStatus {
  return useSyncExternalStore(subscribe, () => status(socket.state));
}

/** How often to ask for something that the socket tells of, too: much more rarely while it does. */
export function usePolling(milliseconds: number): number {
  return useLiveStatus() === "live" ? Math.max(8 * milliseconds, 120_000) : milliseconds;
}

function status(state: State): LiveStatus {
  if (state === "off" || state === "live") return state;
  return "connecting";
}

function subscribe(listener: () => void): () => void {
  listeners = [...listeners, listener];
  return () => {
    listeners = listeners.filter((each) => each !== listener);
  };
}
