import { notificationsUnreadCountRetrieve } from "@jobsphere/api-client";
import { useQuery } from "@tanstack/react-query";
import { useSignedIn } from "@/lib/account";
import { ask } from "@/lib/api";

const EVERY = 30_000;

/** How much news was not read; asked again now and then while the page is in sight. */
export function useUnread(): number {
  const enabled = useSignedIn();
  const { data } = useQuery({
    queryKey: ["notifications", "unread"],
    queryFn: () => ask(notificationsUnreadCountRetrieve()),
    refetchInterval: EVERY,
    enabled,
  });
  return enabled ? (data?.unread ?? 0) : 0;
}
