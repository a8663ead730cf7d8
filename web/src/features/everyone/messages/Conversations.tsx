import { type Conversation, type Message, messagesList, messagesSearchRetrieve } from "@jobsphere/api-client";
import { Chip, Group, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { type InfiniteData, keepPreviousData, type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Face } from "@/components/Face";
import { LoadMore } from "@/components/pages";
import { Empty, Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { usePolling } from "@/lib/live/live";
import { cursorOf } from "@/lib/pages";
import { formatAgo } from "@/lib/time";
import classes from "./Conversations.module.css";
import { Found } from "./Found";
import { type FrameData, newerChat } from "./model";
import { stepText } from "./steps";
import { SUBJECTS } from "./subjects";
import { useFrames } from "./useRoom";
import { t } from "@jobsphere/domain/text";

interface Page {
  next: string | null;
  previous: string | null;
  results: Conversation[];
}

/** Every conversation with its last line, found by name or by what was said, new ones alone if one likes. */
export function Conversations({ open }: { open: string | undefined }) {
  const [text, setText] = useState("");
  const [unread, setUnread] = useState(false);
  const [words] = useDebouncedValue(text.trim(), 250);
  const list = useList(words, unread);
  const rows = list.data?.pages.flatMap((page) => page.results);
  const narrowed = words !== "" || unread;
  return (
    <nav className={classes.pane} aria-label={t("Conversations")}>
      <div className={classes.top}>
        {open ? <h2 className={classes.title}>{t("Messages")}</h2> : <h1 className={classes.title}>{t("Messages")}</h1>}
        <TextInput
          aria-label={t("Search people and messages")}
          placeholder={t("People, or what was said")}
          type="search"
          size="sm"
          maxLength={100}
          leftSection={<IconSearch size={18} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group gap="xs">
          <Chip size="sm" checked={unread} onChange={setUnread}>
            {t("Not read")}
          </Chip>
        </Group>
      </div>
      <div className={classes.scroll}>
        {list.isError ? <Failed error={list.error} retry={() => void list.refetch()} /> : null}
        {list.isPending ? <Loading rows={5} height={68} /> : null}
        {rows?.length === 0 && !narrowed ? (
          <Empty title={t("No conversations yet")}>{t("They begin with a proposal, an offer or a contract, between the two whom it concerns.")}</Empty>
        ) : null}
        {rows?.length === 0 && narrowed ? <p className={classes.none}>{unread ? t("Everything is read.") : t("Nobody of that name.")}</p> : null}
        <ul className={classes.list} aria-label={t("Conversations")}>
          {rows?.map((chat) => (
            <ConversationRow key={chat.id} chat={chat} isOpen={chat.id === open} />
          ))}
        </ul>
        <LoadMore {...list} />
        {words ? <Said words={words} chats={rows ?? []} /> : null}
      </div>
    </nav>
  );
}

const KEY = ["messages", "conversations"];

function useList(words: string, unread: boolean) {
  const queries = useQueryClient();
  const refetchInterval = usePolling(10_000);
  useFrames("", (_, data) => put(queries, data));
  return useInfiniteQuery({
    queryKey: [...KEY, words, unread],
    queryFn: ({ pageParam }) =>
      ask(messagesList({ query: { cursor: pageParam, page_size: 30, ...(words ? { q: words } : {}), ...(unread ? { unread } : {}) } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page) => cursorOf(page.next),
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

/** Put what a frame tells of a conversation into the list; only lists that are narrowed must be asked for again. */
function put(queries: QueryClient, { chat }: FrameData): void {
  queries.setQueryData<InfiniteData<Page, string | undefined>>([...KEY, "", false], (data) => data && { ...data, pages: placed(data.pages, chat) });
  void queries.invalidateQueries({ queryKey: KEY, predicate: ({ queryKey }) => queryKey[2] !== "" || queryKey[3] !== false });
  void queries.invalidateQueries({ queryKey: ["messages", "unread"] });
}

/** The pages with the newer copy of a conversation in its place: the one that was last written in comes first. */
export function placed(pages: readonly Page[], chat: Conversation): Page[] {
  const known = pages.flatMap((page) => page.results).find((each) => each.id === chat.id);
  const copy = newerChat(known, chat);
  const moved = !known || lastOf(copy) !== lastOf(known);
  const isUp = moved && lastOf(copy) >= (known ? lastOf(known) : "");
  return pages.map((page, index) => {
    if (!isUp) return { ...page, results: page.results.map((each) => (each.id === chat.id ? copy : each)) };
    const rest = page.results.filter((each) => each.id !== chat.id);
    return { ...page, results: index === 0 ? [copy, ...rest] : rest };
  });
}

function lastOf({ last_message: last, created_at: made }: Conversation): string {
  return last?.created_at ?? made;
}

function ConversationRow({ chat, isOpen }: { chat: Conversation; isOpen: boolean }) {
  const { other, last_message: last, unread_count: unread, subject } = chat;
  const name = other?.name ?? t("Somebody who left");
  const when = last?.created_at ?? chat.created_at;
  return (
    <li>
      <Link to={`/messages/${chat.id}`} className={classes.row} data-fresh={unread > 0 || undefined} aria-current={isOpen ? "page" : undefined}>
        <Face name={name} />
        <span className={classes.words}>
          <span className={classes.line}>
            <strong className={classes.name}>{name}</strong>
            <time className={classes.when} dateTime={when}>
              {formatAgo(when)}
            </time>
          </span>
          <span className={classes.subject}>{subject.title || SUBJECTS[subject.type]}</span>
          <span className={classes.line}>
            <span className={classes.last}>{last ? lastLine(last) : t("Nothing was said yet")}</span>
            {unread > 0 ? (
              <span className={classes.unread}>
                {unread > 99 ? "99+" : unread}
                <span className={classes.hidden}> {t("not read")}</span>
              </span>
            ) : null}
          </span>
        </span>
      </Link>
    </li>
  );
}

/** The last line in short. */
export function lastLine(message: Message): string {
  if (message.kind === "system") return stepText(message);
  const who = message.mine ? t("You: ") : "";
  if (message.deleted_at) return who + t("a message that was taken back");
  const [file] = message.files;
  return `${who}${message.body || (message.files.length > 1 ? t("{count} files", { count: message.files.length }) : (file?.display_name ?? t("a file")))}`;
}

/** What was said in any conversation. */
function Said({ words, chats }: { words: string; chats: readonly Conversation[] }) {
  const navigate = useNavigate();
  const found = useQuery({
    queryKey: ["messages", "search", "", words],
    queryFn: () => ask(messagesSearchRetrieve({ query: { q: words, page_size: 20 } })),
    placeholderData: keepPreviousData,
  });
  const name = (message: Message): string => chats.find(({ id }) => id === message.chat_id)?.other?.name ?? (message.mine ? t("You") : t("To you"));
  return (
    <section className={classes.said} aria-label={t("Messages with these words")}>
      <h3 className={classes.saidTitle}>{t("Said")}</h3>
      <Found found={found} title={name} choose={({ chat_id: chat, id }) => void navigate({ to: `/messages/${chat}`, search: { at: id } as never })} />
    </section>
  );
}
