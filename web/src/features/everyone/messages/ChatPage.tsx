import {
  type Conversation,
  type Message,
  messagesInChatList,
  messagesList,
  messagesReadCreate,
  messagesSendCreate,
} from "@jobsphere/api-client";
import { Text } from "@mantine/core";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { type ReactNode, useCallback, useEffect, useRef } from "react";
import { Page } from "@/components/Page";
import { LoadMore } from "@/components/pages";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { cursorOf, everyRow } from "@/lib/pages";
import { Bubble, WaitingBubble } from "./Bubble";
import { Composer } from "./Composer";
import classes from "./Messages.module.css";
import { useOutbox, type Waiting } from "./outbox";

const EVERY = 4_000;
const NEW = "new";

/** To whom and about what, where there is no conversation yet: /messages/new?to=…&contract=… */
export interface Opening {
  to?: string;
  contract?: string;
}

export function ChatPage() {
  const { chatId } = useParams({ strict: false }) as { chatId: string };
  return chatId === NEW ? <FirstMessage /> : <Chat key={chatId} chatId={chatId} />;
}

function FirstMessage() {
  const opening = useSearch({ strict: false }) as Opening;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const send = useCallback(
    async (message: Waiting) => {
      const sent = await ask(
        messagesSendCreate({
          body: {
            recipient_id: opening.to,
            subject_type: "contract",
            subject_id: opening.contract,
            body: message.body,
            client_id: message.clientId,
            file_ids: message.files.map((file) => file.id),
          },
        }),
      );
      await queries.invalidateQueries({ queryKey: ["messages"] });
      await navigate({ to: `/messages/${sent.chat_id}`, replace: true });
    },
    [navigate, opening, queries],
  );
  const { waiting, put } = useOutbox(send);
  return (
    <Page title="New message">
      <Thread>
        {waiting.map((message) => (
          <WaitingBubble key={message.clientId} message={message} again={() => void put(message)} />
        ))}
      </Thread>
      <Composer draft={`chat.${opening.contract ?? NEW}`} put={put} />
    </Page>
  );
}

function useChat(chatId: string) {
  const queries = useQueryClient();
  const history = useInfiniteQuery({
    queryKey: ["messages", "chat", chatId],
    queryFn: ({ pageParam }) =>
      ask(messagesInChatList({ path: { chat_id: chatId }, query: { cursor: pageParam, page_size: 30 } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => cursorOf(page.next),
    refetchInterval: EVERY,
  });
  const messages = (history.data?.pages.flatMap((page) => page.results) ?? []).toReversed();
  const unread = messages.filter((message) => !message.mine && message.read_at === null).length;
  useEffect(() => {
    if (unread === 0) return;
    void ask(messagesReadCreate({ path: { chat_id: chatId } }))
      .then(() => queries.invalidateQueries({ queryKey: ["messages"] }))
      // Reading is noted again with the next poll.
      .catch(() => undefined);
  }, [chatId, queries, unread]);
  return { history, messages };
}

function useConversation(chatId: string): Conversation | undefined {
  const { data } = useQuery({
    queryKey: ["messages", "conversations", "all"],
    queryFn: () => everyRow((cursor) => ask(messagesList({ query: { cursor, page_size: 100 } }))),
  });
  return data?.find((each) => each.id === chatId);
}

function Chat({ chatId }: { chatId: string }) {
  const queries = useQueryClient();
  const { history, messages } = useChat(chatId);
  const conversation = useConversation(chatId);
  const send = useCallback(
    async (message: Waiting) => {
      const file_ids = message.files.map((file) => file.id);
      await ask(messagesSendCreate({ body: { chat_id: chatId, body: message.body, client_id: message.clientId, file_ids } }));
      await queries.invalidateQueries({ queryKey: ["messages"] });
    },
    [chatId, queries],
  );
  const { waiting, put } = useOutbox(send);
  const arrived = new Set(messages.map((message) => message.client_id));
  const onTheWay = waiting.filter((message) => !arrived.has(message.clientId));
  return (
    <Page title={conversation?.other?.name ?? "Conversation"} lead={<SubjectLink conversation={conversation} />}>
      {history.isError ? <Failed error={history.error} retry={() => void history.refetch()} /> : null}
      {history.isPending ? <Loading rows={3} height={64} /> : null}
      <LoadMore {...history} />
      <Thread newest={messages.at(-1)?.id ?? ""} count={onTheWay.length}>
        {messages.map((message: Message) => (
          <Bubble key={message.id} message={message} />
        ))}
        {onTheWay.map((message) => (
          <WaitingBubble key={message.clientId} message={message} again={() => void put(message)} />
        ))}
      </Thread>
      {history.data && messages.length === 0 && onTheWay.length === 0 ? (
        <Text c="dimmed">Nothing was said yet. Say hello.</Text>
      ) : null}
      {history.data ? <Composer draft={`chat.${chatId}`} put={put} /> : null}
    </Page>
  );
}

function SubjectLink({ conversation }: { conversation: Conversation | undefined }) {
  if (conversation?.subject.type === "contract") {
    return <Link to={`/contracts/${conversation.subject.id}`}>To the contract</Link>;
  }
  if (conversation?.subject.type === "job") return <Link to={`/jobs/${conversation.subject.id}`}>To the job</Link>;
  return null;
}

/** The lines of a conversation, read out as they come; goes to the newest one when there is one. */
function Thread({ children, newest = "", count = 0 }: { children: ReactNode; newest?: string; count?: number }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (newest || count) end.current?.scrollIntoView({ block: "end" });
  }, [newest, count]);
  return (
    <>
      <div role="log" aria-label="Messages">
        <ol className={classes.thread}>{children}</ol>
      </div>
      <div ref={end} className={classes.end} />
    </>
  );
}
