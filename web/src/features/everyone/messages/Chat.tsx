import {
  type Message,
  messagesDeleteCreate,
  messagesEditCreate,
  messagesHideCreate,
  messagesReadCreate,
  messagesSendCreate,
} from "@jobsphere/api-client";
import { Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Dialog } from "@/components/Dialog";
import { ReportDialog } from "@/components/safety/ReportDialog";
import { Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { WaitingBubble, type Wish } from "./Bubble";
import { ChatHead } from "./ChatHead";
import { Composer } from "./Composer";
import { type Fresh, linesOf } from "./days";
import classes from "./Messages.module.css";
import { quoteOf } from "./model";
import { useOutbox, type Waiting } from "./outbox";
import { CONNECTION, canWrite, type Phase } from "./phase";
import { Thread } from "./Thread";
import { tellTyping, useTyping } from "./usePresence";
import { useRoom } from "./useRoom";
import { t } from "@jobsphere/domain/text";

const GONE = t("Somebody who left");

export function Chat({ chatId, at }: { chatId: string; at: string | undefined }) {
  const room = useRoom(chatId);
  const { chat, messages, phase, put: arrived, around } = room;
  const [target, setTarget] = useState<string>();
  const [wished, setWished] = useState<{ wish: Wish; message: Message }>();
  const [inSight, setInSight] = useState(true);
  const fresh = useFresh(messages, chat?.unread_count);
  const lines = useMemo(() => linesOf(messages, fresh), [messages, fresh]);
  const unread = useReading(chatId, messages, inSight);
  const typing = useTyping(chatId, messages.at(-1)?.id);
  const other = chat?.other?.name ?? GONE;
  const send = useCallback(
    ({ body, clientId, files, replyTo }: Waiting) =>
      ask(
        messagesSendCreate({
          body: { chat_id: chatId, body, client_id: clientId, file_ids: files.map(({ id }) => id), reply_to: replyTo?.id ?? null },
        }),
      ),
    [chatId],
  );
  const queries = useQueryClient();
  const { waiting, put, again, takeAway } = useOutbox(chatId, send, (sent) => {
    arrived(sent);
    void queries.invalidateQueries({ queryKey: ["messages", "conversations"] });
  });
  const leave = (): void => setWished(undefined);
  const goTo = useGoTo(messages, around, setTarget);
  useEffect(() => {
    if (at) void goTo(at);
    // Once for each address; the room may still be loading, and `around` needs nothing of it.
  }, [at]);

  if (phase === "loading") {
    return (
      <section className={classes.chat} aria-label={t("Conversation")}>
        <div className={classes.wait}>
          <Loading rows={5} height={56} />
        </div>
      </section>
    );
  }
  if (phase === "error" || !chat) {
    return (
      <section className={classes.chat} aria-label={t("Conversation")}>
        <div className={classes.wait}>
          <Failed error={room.error} retry={room.retry} />
        </div>
      </section>
    );
  }
  const sent = new Set(messages.map((message) => message.client_id));
  const onTheWay = waiting.filter((message) => !sent.has(message.clientId));
  return (
    <section className={classes.chat} aria-label={t("Conversation with {other}", { other })} data-phase={phase}>
      <ChatHead chat={chat} typing={typing} away={phase === "offline"} goTo={goTo} />
      <Connection phase={phase} />
      <Thread
        {...room}
        lines={lines}
        other={other}
        newestId={onTheWay.at(-1)?.clientId ?? messages.at(-1)?.id}
        target={target}
        unread={unread}
        canReply={canWrite(phase, room.open)}
        onSight={setInSight}
        wish={(wish, message) => setWished({ wish, message })}
        goTo={(id) => void goTo(id)}
      >
        {onTheWay.map((message) => (
          <WaitingBubble
            key={message.clientId}
            message={message}
            offline={phase === "offline"}
            again={() => again(message.clientId)}
            takeAway={() => takeAway(message.clientId)}
          />
        ))}
        {messages.length === 0 && onTheWay.length === 0 ? <li className={classes.nothing}>{t("Nothing was said yet. Say hello.")}</li> : null}
      </Thread>
      <p className={classes.typing} role="status">
        {typing ? t("{other} is writing …", { other }) : ""}
      </p>
      {canWrite(phase, room.open) ? (
        <Composer
          draft={`chat.${chatId}`}
          put={put}
          typing={(now) => tellTyping(chatId, now)}
          replyTo={wished?.wish === "reply" ? quoteOf(wished.message) : undefined}
          editing={wished?.wish === "edit" ? wished.message : undefined}
          change={(message, body) => {
            leave();
            if (body !== message.body) void changeText(message, body, arrived);
          }}
          leave={leave}
        />
      ) : (
        <Text className={classes.closed}>{t("You can read this conversation; new messages are not possible between the two of you.")}</Text>
      )}
      {wished?.wish === "delete" || wished?.wish === "hide" ? (
        <TakeBack wish={wished.wish} message={wished.message} arrived={arrived} close={leave} />
      ) : null}
      {wished?.wish === "report" ? (
        <ReportDialog
          subject={{ type: "message", id: wished.message.id, title: t("this message") }}
          {...(chat.other ? { person: chat.other } : {})}
          onClose={leave}
        />
      ) : null}
    </section>
  );
}

/** A blink of the connection is nobody's business. */
const PATIENCE = 4_000;

function Connection({ phase }: { phase: Phase }) {
  const words = CONNECTION[phase] ?? "";
  const [told, setTold] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setTold(words), words && phase !== "offline" ? PATIENCE : 0);
    return () => clearTimeout(timer);
  }, [words, phase]);
  return (
    <p className={classes.connection} role="status" data-phase={phase}>
      {told}
    </p>
  );
}

/** The text as it shall be stands there at once; where the server refuses, the old one comes back with the reason. */
async function changeText(message: Message, body: string, arrived: (message: Message) => void): Promise<void> {
  arrived({ ...message, body });
  try {
    arrived(await ask(messagesEditCreate({ path: { chat_id: message.chat_id, message_id: message.id }, body: { body } })));
  } catch (error) {
    arrived(message);
    notifications.show({ color: "red", title: t("The message was not changed"), message: asProblem(error).message });
  }
}

interface TakeBackProps {
  wish: "delete" | "hide";
  message: Message;
  arrived: (message: Message) => void;
  close: () => void;
}

/** Neither can be undone, so both are asked. */
function TakeBack({ wish, message, arrived, close }: TakeBackProps) {
  const path = { chat_id: message.chat_id, message_id: message.id };
  const verb = useVerb<void, Message | undefined>(
    async () => {
      if (wish === "delete") return ask(messagesDeleteCreate({ path }));
      await ask(messagesHideCreate({ path }));
      return undefined;
    },
    (taken) => {
      if (taken) arrived(taken);
      close();
    },
  );
  const isDelete = wish === "delete";
  return (
    <Dialog
      title={isDelete ? t("Take this message back?") : t("Hide this message?")}
      confirm={isDelete ? t("Take it back") : t("Hide it")}
      danger
      busy={verb.isPending}
      error={verb.error}
      onConfirm={() => verb.mutate()}
      onClose={close}
    >
      <Text>
        {isDelete
          ? t("Neither of you can read it any more. That there was a message stays to be seen.")
          : t("You do not see it any more, on any of your devices, and this cannot be undone. The other person still does.")}
      </Text>
    </Dialog>
  );
}

/** Where the new messages began when one came; it stays there while one reads on. */
function useFresh(messages: readonly Message[], unread: number | undefined): Fresh | undefined {
  const found = useRef<{ fresh: Fresh | undefined }>(undefined);
  if (!found.current && unread !== undefined && messages.length > 0) {
    const first = unread > 0 ? messages.find(isUnread) : undefined;
    found.current = { fresh: first && { id: first.id, count: unread } };
  }
  return found.current?.fresh;
}

function isUnread(message: Message): boolean {
  return !message.mine && message.kind === "text" && message.read_at === null && message.deleted_at === null;
}

/** What is in sight on a page in sight is read; the other one and one's other devices learn it. Returns what is not. */
function useReading(chatId: string, messages: readonly Message[], inSight: boolean): number {
  const queries = useQueryClient();
  const unread = messages.filter(isUnread);
  const last = unread.at(-1)?.id;
  const [visible, setVisible] = useState(() => document.visibilityState === "visible");
  useEffect(() => {
    const look = (): void => setVisible(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  useEffect(() => {
    if (!last || !inSight || !visible) return;
    void ask(messagesReadCreate({ path: { chat_id: chatId }, body: { up_to: last } }))
      .then(() => queries.invalidateQueries({ queryKey: ["messages"] }))
      // Reading is noted again with the next message, or when one comes back.
      .catch(() => undefined);
  }, [chatId, queries, last, inSight, visible]);
  return unread.length;
}

/** Show a message, wherever it is in the history, and mark it for a moment. */
function useGoTo(messages: readonly Message[], around: (id: string) => Promise<boolean>, mark: (id: string | undefined) => void) {
  const latest = useRef(messages);
  latest.current = messages;
  return useCallback(
    async (id: string): Promise<void> => {
      mark(undefined);
      if (!latest.current.some((message) => message.id === id)) await around(id);
      mark(id);
    },
    [around, mark],
  );
}
