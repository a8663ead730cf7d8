import { type Message, messagesConversationsRetrieve, messagesInChatList } from "@jobsphere/api-client";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useReducer, useRef, useState, useSyncExternalStore } from "react";
import { ask } from "@/lib/api";
import { useLive, useLiveStatus, useResync } from "@/lib/live/live";
import { asProblem } from "@/lib/problems";
import { asFrame, EMPTY, type FrameData, type HistoryPage, reduce, shown } from "./model";
import { type Phase, phaseOf } from "./phase";

const PAGE = 40;
/** How often to ask: rarely while the socket tells, every few seconds while it does not. */
const RARELY = 120_000;
const OFTEN = 3_000;

type Query = NonNullable<Parameters<typeof messagesInChatList>[0]["query"]>;

async function readPage(chatId: string, query: Query): Promise<HistoryPage> {
  const page = await ask(messagesInChatList({ path: { chat_id: chatId }, query: { page_size: PAGE, ...query } }));
  return { rows: page.results, older: page.next !== null, newer: page.previous !== null };
}

/** One conversation on this screen: what is shown, where it stands, and how to see more of it. */
export function useRoom(chatId: string) {
  const [room, change] = useReducer(reduce, EMPTY);
  const live = useLiveStatus() === "live";
  const online = useSyncExternalStore(followNetwork, () => navigator.onLine);
  const newest = useQuery({
    queryKey: ["messages", "room", chatId],
    queryFn: async () => {
      // The conversation first: its revision must not be newer than the page beside it.
      const chat = await ask(messagesConversationsRetrieve({ path: { chat_id: chatId } }));
      return { chat, page: await readPage(chatId, {}) };
    },
    refetchInterval: live ? RARELY : OFTEN,
    staleTime: 0,
    networkMode: "always",
    retry: false,
  });
  const detached = room.window !== undefined && !room.atEnd;
  useEffect(() => {
    if (!newest.data) return;
    change({ type: "chat", chat: newest.data.chat });
    // Somebody who looks at older messages is not torn away from them.
    if (!detached) change({ type: "page", where: "newest", page: newest.data.page });
  }, [newest.data, detached]);
  useFrames(chatId, useCallback((name, data) => change({ type: "frame", name, data }), []));
  const { refetch } = newest;
  useResync(() => void refetch());
  // What happened between the last reading and the moment when the socket began to tell.
  useEffect(() => {
    if (live) void refetch();
  }, [live, refetch]);

  const messages = useMemo(() => shown(room), [room]);
  const failure = newest.isError ? (asProblem(newest.error).retryable ? "unreachable" : "refused") : undefined;
  const open = room.chat?.allowed_actions.includes("send") ?? false;
  const phase: Phase = phaseOf({ loaded: room.chat !== undefined, failure, online, live, open });
  return {
    chat: room.chat,
    messages,
    phase,
    open,
    error: newest.error,
    retry: () => void refetch(),
    put: useCallback((message: Message) => change({ type: "message", message }), []),
    ...useHistory(chatId, room, change),
  };
}

/** Older and newer pages, one at a time, and the way to a message that is far away. */
function useHistory(chatId: string, room: ReturnType<typeof reduce>, change: (change: Parameters<typeof reduce>[1]) => void) {
  const [fetching, setFetching] = useState(false);
  const busy = useRef(false);
  const fetchPage = useCallback(
    async (where: "older" | "newer" | "around" | "newest", query: Query): Promise<boolean> => {
      if (busy.current) return false;
      busy.current = true;
      setFetching(true);
      try {
        change({ type: "page", where, page: await readPage(chatId, query) });
        return true;
      } catch {
        // The line above the thread says that there is no connection; scrolling tries again.
        return false;
      } finally {
        busy.current = false;
        setFetching(false);
      }
    },
    [chatId, change],
  );
  const { window, atStart, atEnd } = room;
  return {
    fetching,
    atStart,
    atEnd,
    older: useCallback(() => (window && !atStart ? fetchPage("older", { before: window.oldest }) : undefined), [window, atStart, fetchPage]),
    newer: useCallback(() => (window && !atEnd ? fetchPage("newer", { after: window.newest }) : undefined), [window, atEnd, fetchPage]),
    around: useCallback((id: string) => fetchPage("around", { around: id }), [fetchPage]),
    toNewest: useCallback(() => fetchPage("newest", {}), [fetchPage]),
  };
}

/** Hear every frame about one conversation, or about all of them (""). */
export function useFrames(chatId: string, handle: (name: string, data: FrameData) => void): void {
  const hear = (name: string) => (data: unknown) => {
    const frame = asFrame(data);
    if (frame && (chatId === "" || frame.chat.id === chatId)) handle(name, frame);
  };
  useLive("message.sent", hear("message.sent"));
  useLive("message.changed", hear("message.changed"));
  useLive("message.deleted", hear("message.deleted"));
  useLive("conversation.read", hear("conversation.read"));
  useLive("conversation.delivered", hear("conversation.delivered"));
  useLive("conversation.changed", hear("conversation.changed"));
}

function followNetwork(listener: () => void): () => void {
  globalThis.addEventListener("online", listener);
  globalThis.addEventListener("offline", listener);
  return () => {
    globalThis.removeEventListener("online", listener);
    globalThis.removeEventListener("offline", listener);
  };
}
