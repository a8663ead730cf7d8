import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import { useAccount } from "@/lib/account";
import { useLive } from "@/lib/live/live";
import { asNews, countOf } from "@/lib/news";

/** Lets news arrive while the page is open: the number on the bell, the list, and a word at the top. Draws nothing. */
export function LiveNews() {
  const queries = useQueryClient();
  const router = useRouter();
  const { data: account } = useAccount();
  const count = (data: unknown): void => {
    const unread = countOf(data);
    if (unread !== undefined) queries.setQueryData(["notifications", "unread"], { unread });
    void queries.invalidateQueries({ queryKey: ["notifications", "list"] });
  };
  useLive("notification.created", (data) => {
    count(data);
    const news = asNews(data);
    const here = router.state.location.pathname;
    // Who looks at the thing itself, or at all the news, sees it there.
    if (!news || document.hidden || here === news.link || here === "/notifications") return;
    notifications.show({
      id: news.group,
      // Waits until the reader has finished a sentence; it is news, not an alarm.
      role: "status",
      title: news.title,
      message: news.body,
      autoClose: 6000,
      onClick: () => void router.navigate({ to: news.link }),
    });
  });
  useLive("notification.read", count);
  useLive("notification.all_read", count);
  useWorker(account?.id);
  return null;
}

/** What the service worker asks for; and push again for who had turned it on here before they signed out. */
function useWorker(accountId: string | undefined): void {
  const navigate = useNavigate();
  const heard = useEffectEvent((event: MessageEvent) => {
    const said = event.data as { type?: string; link?: string } | null;
    if (said?.type === "open" && said.link?.startsWith("/")) void navigate({ to: said.link });
  });
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return;
    navigator.serviceWorker.addEventListener("message", heard);
    return () => navigator.serviceWorker.removeEventListener("message", heard);
  }, []);
  useEffect(() => {
    if (!accountId) return;
    void import("@/lib/push").then(({ rejoin }) => rejoin(accountId)).catch(() => undefined);
  }, [accountId]);
}
