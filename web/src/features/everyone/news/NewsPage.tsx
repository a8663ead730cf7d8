import { type Notification, notificationsList, notificationsReadAllCreate } from "@jobsphere/api-client";
import { Button, Group, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Page } from "@/components/Page";
import { LoadMore, usePages } from "@/components/pages";
import { Empty, Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { byDay } from "@/lib/news";
import { useUnread } from "@/lib/unread";
import { type NewsFilter, readNewsFilter, THEMES } from "./filter";
import { NewsItem } from "./NewsItem";
import classes from "./NewsPage.module.css";
import { t } from "@jobsphere/domain/text";

export function NewsPage() {
  const filter = readNewsFilter(useSearch({ strict: false }));
  const news = usePages<Notification>(["notifications", "list", filter], (cursor) =>
    ask(notificationsList({ query: { cursor, page_size: 30, group: filter.theme, unread: filter.unread || undefined } })),
  );
  const unread = useUnread();
  return (
    <Page title={t("News")} lead={unread ? t("{unread} not read", { unread }) : t("All read")} aside={<Aside unread={unread} />}>
      <Filters filter={filter} />
      {news.isError ? <Failed error={news.error} retry={() => void news.refetch()} /> : null}
      {news.isPending ? <Loading rows={5} height={84} /> : null}
      {news.rows?.length === 0 ? <Nothing filter={filter} /> : null}
      {news.rows && news.rows.length > 0
        ? byDay(news.rows, new Date()).map((day) => (
            <section key={day.key} aria-label={day.label} className={classes.day}>
              <h2 className={classes.label}>{day.label}</h2>
              <ul className={classes.list}>
                {day.items.map((item) => (
                  <NewsItem key={item.id} item={item} />
                ))}
              </ul>
            </section>
          ))
        : null}
      <LoadMore {...news} />
    </Page>
  );
}

function Aside({ unread }: { unread: number }) {
  const queries = useQueryClient();
  const readAll = useMutation({
    mutationFn: () => ask(notificationsReadAllCreate()),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["notifications"] }),
  });
  return (
    <Group gap="sm">
      {readAll.isError ? (
        <Text role="alert" c="var(--mantine-color-error)">
          {t("Not marked; try again.")}
        </Text>
      ) : null}
      {unread ? (
        <Button variant="default" loading={readAll.isPending} onClick={() => readAll.mutate()}>
          {t("Mark all as read")}
        </Button>
      ) : null}
      <Button component={Link} to="/settings/notifications" variant="subtle">
        {t("What I hear")}
      </Button>
    </Group>
  );
}

/** What is shown stands in the address, so that it survives a reload and can be a bookmark. */
function Filters({ filter }: { filter: NewsFilter }) {
  const navigate = useNavigate();
  const show = (change: Partial<NewsFilter>): void => {
    const next = { ...filter, ...change };
    void navigate({ to: "/notifications", search: { theme: next.theme, unread: next.unread || undefined }, replace: true });
  };
  return (
    <div className={classes.filters} role="group" aria-label={t("Show")}>
      <Chip on={filter.unread} onClick={() => show({ unread: !filter.unread })}>
        {t("Not read")}
      </Chip>
      <span className={classes.divider} aria-hidden />
      <Chip on={!filter.theme} onClick={() => show({ theme: undefined })}>
        {t("Everything")}
      </Chip>
      {THEMES.map(({ theme, label }) => (
        <Chip key={theme} on={filter.theme === theme} onClick={() => show({ theme })}>
          {label}
        </Chip>
      ))}
    </div>
  );
}

function Chip({ on, onClick, children }: { on: boolean; onClick: () => void; children: string }) {
  return (
    <button type="button" className={classes.chip} aria-pressed={on} onClick={onClick}>
      {children}
    </button>
  );
}

function Nothing({ filter }: { filter: NewsFilter }) {
  if (!filter.unread && !filter.theme) return <Empty title={t("Nothing new")}>{t("What happens to your jobs and your money stands here.")}</Empty>;
  return (
    <Empty
      title={filter.unread ? t("You have read everything") : t("Nothing of this kind")}
      action={
        <Button component={Link} to="/notifications" variant="default">
          {t("Show everything")}
        </Button>
      }
    >
      {filter.unread ? t("What comes next stands here, and the bell counts it.") : t("Other news may be there.")}
    </Empty>
  );
}
