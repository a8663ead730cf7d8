import { notificationsUnreadCountRetrieve } from "@jobsphere/api-client";
import { useQuery } from "@tanstack/react-query";
import { useSignedIn } from "@/lib/account";
import { ask } from "@/lib/api";
import { usePolling } from "@/lib/live/live";

const EVERY = 30_000;

/** How much news was not read; told over the socket, and asked for now and then. */
export function useUnread(): number {
  const enabled = useSignedIn();
  const refetchInterval = usePolling(EVERY);
  const { data } = useQuery({
    queryKey: ["notifications", "unread"],
    queryFn: () => ask(notificationsUnreadCountRetrieve()),
    refetchInterval,
    enabled,
  });
  return enabled ? (data?.unread ?? 0) : 0;
}
