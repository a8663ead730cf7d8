import { messagesPresenceRetrieve } from "@jobsphere/api-client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { ask } from "@/lib/api";
import { live, useLive, usePolling } from "@/lib/live/live";
import { formatAgo } from "@/lib/time";
import { t } from "@jobsphere/domain/text";

interface Seen {
  online: boolean;
  last: string | null;
}

/** "Online", "Last here 5 minutes ago", or nothing: whoever keeps it to themselves, and whom a block parts. */
export function usePresence(personId: string | undefined): { online: boolean; words: string } {
  const queries = useQueryClient();
  const key = ["messages", "presence", personId];
  const refetchInterval = usePolling(20_000);
  const { data } = useQuery<Seen | null>({
    queryKey: key,
    queryFn: async () => {
      const { results } = await ask(messagesPresenceRetrieve({ query: { person: [personId ?? ""] } }));
      const seen = results[0];
      return seen ? { online: seen.online, last: seen.last_seen_at } : null;
    },
    enabled: personId !== undefined,
    refetchInterval,
  });
  useEffect(() => (personId ? live.watch(`presence:${personId}`) : undefined), [personId]);
  useLive("presence", (told) => {
    const { user_id: user, online, last_seen: last } = told as { user_id?: string; online?: boolean; last_seen?: string | null };
    if (user && user === personId) queries.setQueryData(key, online || last ? { online: online === true, last: last ?? null } : null);
  });
  if (!data) return { online: false, words: "" };
  if (data.online) return { online: true, words: t("Online") };
  return { online: false, words: data.last ? t("Last here {ago}", { ago: formatAgo(data.last) }) : "" };
}

const TYPING = 6_000;

/** Whether the other one is writing now; what was said last counts for some seconds. */
export function useTyping(chatId: string, newestId: string | undefined): boolean {
  const [until, setUntil] = useState(0);
  useLive("typing", (told) => {
    const { chat_id: chat, typing } = told as { chat_id?: string; typing?: boolean };
    if (chat === chatId) setUntil(typing ? Date.now() + TYPING : 0);
  });
  // Their message is here: they are not writing it any more.
  useEffect(() => setUntil(0), [newestId]);
  const end = useEffectEvent(() => setUntil(0));
  useEffect(() => {
    if (until === 0) return;
    const timer = setTimeout(end, Math.max(0, until - Date.now()));
    return () => clearTimeout(timer);
  }, [until]);
  return until > 0;
}

const EVERY = 3_000;
let lastTold = 0;

/** Let the other one see that one writes; not more often than they can notice. */
export function tellTyping(chatId: string, typing: boolean): void {
  const now = Date.now();
  if (typing && now - lastTold < EVERY) return;
  lastTold = typing ? now : 0;
  live.send({ type: "typing", data: { chat_id: chatId, typing } });
}
