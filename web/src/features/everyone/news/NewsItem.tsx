import { type NewsGroupEnum, type Notification, notificationsReadCreate } from "@jobsphere/api-client";
import {
  IconBriefcase,
  IconBuildingBank,
  IconCoins,
  IconFileText,
  IconGavel,
  IconHammer,
  IconMessage,
  IconShield,
  IconStar,
  IconTool,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ask } from "@/lib/api";
import { formatAgo } from "@/lib/time";
import classes from "./NewsPage.module.css";
import { t } from "@jobsphere/domain/text";

const ICONS: Record<NewsGroupEnum, typeof IconCoins> = {
  jobs: IconBriefcase,
  proposals: IconFileText,
  offers: IconHammer,
  work: IconTool,
  money: IconCoins,
  messages: IconMessage,
  reviews: IconStar,
  disputes: IconGavel,
  account: IconShield,
  operations: IconBuildingBank,
};

/** One thing that happened. It leads to what it is about, and is read with that. */
export function NewsItem({ item }: { item: Notification }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const read = useMutation({
    mutationFn: () => ask(notificationsReadCreate({ path: { notification_id: item.id } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["notifications"] }),
  });
  const fresh = item.read_at === null;
  const Icon = ICONS[item.group];
  const open = (): void => {
    if (fresh) read.mutate();
    if (item.link.startsWith("/")) void navigate({ to: item.link });
  };
  return (
    <li className={`${classes.item} js-far`} data-fresh={fresh || undefined}>
      <button type="button" className={classes.button} onClick={open}>
        <span className={classes.mark} data-group={item.group}>
          <Icon size={20} aria-hidden />
        </span>
        <span className={classes.words}>
          <span className={classes.title}>
            {fresh ? <span className={classes.hidden}>{t("New:")} </span> : null}
            {item.title}
          </span>
          {item.body ? <span className={classes.body}>{item.body}</span> : null}
          <time className={classes.when} dateTime={item.created_at}>
            {formatAgo(item.created_at)}
          </time>
        </span>
      </button>
      {fresh ? (
        <button type="button" className={classes.tick} disabled={read.isPending} onClick={() => read.mutate()} aria-label={t("Mark as read: {title}", { title: item.title })}>
          <span aria-hidden />
        </button>
      ) : null}
    </li>
  );
}
