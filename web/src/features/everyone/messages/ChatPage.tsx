import { messagesSendCreate } from "@jobsphere/api-client";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { ask } from "@/lib/api";
import { WaitingBubble } from "./Bubble";
import { Chat } from "./Chat";
import { Composer } from "./Composer";
import classes from "./Messages.module.css";
import { Panes } from "./Panes";
import { useOutbox, type Waiting } from "./outbox";
import { t } from "@jobsphere/domain/text";

const NEW = "new";

/** To whom and about what, where there is no conversation yet: /messages/new?to=…&contract=… */
export interface Opening {
  to?: string;
  contract?: string;
  job?: string;
  proposal?: string;
}

/** One conversation; on a wide screen beside the list of all. `?at=` is the message that one came to see. */
export function ChatPage() {
  const { chatId } = useParams({ strict: false }) as { chatId: string };
  const { at } = useSearch({ strict: false }) as { at?: string };
  return (
    <Panes open={chatId}>{chatId === NEW ? <FirstMessage /> : <Chat key={chatId} chatId={chatId} at={at} />}</Panes>
  );
}

function FirstMessage() {
  const opening = useSearch({ strict: false }) as Opening;
  const navigate = useNavigate();
  const kind = opening.proposal ? "proposal" : opening.job ? "job" : "contract";
  const about = opening[kind] ?? NEW;
  const send = useCallback(
    ({ body, clientId, files, replyTo }: Waiting) =>
      ask(
        messagesSendCreate({
          body: {
            recipient_id: opening.to,
            subject_type: kind,
            subject_id: opening[kind],
            body,
            client_id: clientId,
            file_ids: files.map((file) => file.id),
            reply_to: replyTo?.id ?? null,
          },
        }),
      ),
    [opening, kind],
  );
  const { waiting, put, again, takeAway } = useOutbox(about, send, (sent) => {
    void navigate({ to: `/messages/${sent.chat_id}`, replace: true });
  });
  return (
    <section className={classes.chat} aria-label={t("New message")}>
      <header className={classes.head}>
        <h1 className={classes.name}>{t("New message")}</h1>
      </header>
      <ol className={classes.first}>
        {waiting.map((message) => (
          <WaitingBubble
            key={message.clientId}
            message={message}
            offline={false}
            again={() => again(message.clientId)}
            takeAway={() => takeAway(message.clientId)}
          />
        ))}
      </ol>
      <Composer draft={`chat.${about}`} put={put} />
    </section>
  );
}
