import { messagesDeliveredAllCreate, messagesDeliveredCreate, messagesUnreadRetrieve } from "@jobsphere/api-client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSignedIn } from "@/lib/account";
import { ask } from "@/lib/api";
import { live, useLive, useLiveStatus, usePolling } from "@/lib/live/live";

interface Arrived {
  message?: { id?: string; chat_id?: string; mine?: boolean; kind?: string };
}

const KEY = ["messages", "unread"];

/** How many messages wait; told over the socket, and asked for now and then. Says that this device has what came. */
export function useUnreadMessages(): number {
  const enabled = useSignedIn();
  const queries = useQueryClient();
  const refetchInterval = usePolling(20_000);
  const { data } = useQuery({ queryKey: KEY, queryFn: () => ask(messagesUnreadRetrieve()), refetchInterval, enabled });
  const look = (): void => void queries.invalidateQueries({ queryKey: KEY });
  useLive("conversation.read", look);
  useLive("message.deleted", look);
  useLive("message.sent", (told) => {
    look();
    acknowledge(told as Arrived);
  });
  const connected = useLiveStatus() === "live";
  const waiting = data?.messages ?? 0;
  // What came while this device was away, and what comes while no socket tells of it.
  useEffect(() => {
    if (enabled && waiting > 0) void ask(messagesDeliveredAllCreate()).catch(() => undefined);
  }, [enabled, connected, waiting > 0 && !connected ? waiting : 0]);
  return enabled ? waiting : 0;
}

function acknowledge({ message }: Arrived): void {
  if (!message?.id || !message.chat_id || message.mine || message.kind !== "text") return;
  if (live.send({ type: "delivered", data: { chat_id: message.chat_id, up_to: message.id } })) return;
  // Said again with whatever comes next; the other one only sees it later.
  void ask(messagesDeliveredCreate({ path: { chat_id: message.chat_id }, body: { up_to: message.id } })).catch(() => undefined);
}
