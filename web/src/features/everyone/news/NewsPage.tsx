import {
  type Notification,
  notificationsList,
  notificationsReadAllCreate,
  notificationsReadCreate,
} from "@jobsphere/api-client";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Page } from "@/components/Page";
import { LoadMore, usePages } from "@/components/pages";
import { Empty, Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { useUnread } from "@/lib/unread";
import { formatAgo } from "@/lib/time";
import classes from "./NewsPage.module.css";

export function NewsPage() {
  const news = usePages<Notification>(["notifications", "list"], (cursor) =>
    ask(notificationsList({ query: { cursor, page_size: 30 } })),
  );
  const unread = useUnread();
  const queries = useQueryClient();
  const readAll = useMutation({
    mutationFn: () => ask(notificationsReadAllCreate()),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["notifications"] }),
  });
  return (
    <Page
      title="News"
      lead={unread ? `${unread} not read` : "All read"}
      aside={
        unread ? (
          <Button variant="default" loading={readAll.isPending} onClick={() => readAll.mutate()}>
            Mark all as read
          </Button>
        ) : null
      }
    >
      {readAll.isError ? <Failed error={readAll.error} /> : null}
      {news.isError ? <Failed error={news.error} retry={() => void news.refetch()} /> : null}
      {news.isPending ? <Loading rows={5} height={84} /> : null}
      {news.rows?.length === 0 ? <Empty title="Nothing new">What happens to your jobs and your money stands here.</Empty> : null}
      {news.rows && news.rows.length > 0 ? (
        <ul className={classes.list}>
          {news.rows.map((item) => (
            <NewsItem key={item.id} item={item} />
          ))}
        </ul>
      ) : null}
      <LoadMore {...news} />
    </Page>
  );
}

function NewsItem({ item }: { item: Notification }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const read = useMutation({
    mutationFn: () => ask(notificationsReadCreate({ path: { notification_id: item.id } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["notifications"] }),
  });
  const fresh = item.read_at === null;
  const open = (): void => {
    if (fresh) read.mutate();
    if (item.link.startsWith("/")) void navigate({ to: item.link });
  };
  return (
    <li className={classes.item} data-fresh={fresh || undefined}>
      <button type="button" className={classes.button} onClick={open}>
        <span className={classes.title}>
          {fresh ? <span className={classes.hidden}>New: </span> : null}
          {item.title}
        </span>
        {item.body ? <span className={classes.body}>{item.body}</span> : null}
        <time className={classes.when} dateTime={item.created_at}>
          {formatAgo(item.created_at)}
        </time>
      </button>
    </li>
  );
}
