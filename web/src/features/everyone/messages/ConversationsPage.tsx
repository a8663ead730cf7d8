import { type Conversation, messagesList } from "@jobsphere/api-client";
import { Face } from "@/components/Face";
import { Page } from "@/components/Page";
import { Row, Rows } from "@/components/Rows";
import { Empty, Failed, Loading } from "@/components/States";
import { LoadMore, usePages } from "@/components/pages";
import { ask } from "@/lib/api";
import { formatAgo } from "@/lib/time";
import classes from "./Messages.module.css";

const subjects: Record<string, string> = { contract: "About a contract", job: "About a job", proposal: "About a proposal" };

export function ConversationsPage() {
  const list = usePages<Conversation>(["messages", "conversations"], (cursor) =>
    ask(messagesList({ query: { cursor, page_size: 50 } })),
  );
  return (
    <Page title="Messages">
      {list.isError ? <Failed error={list.error} retry={() => void list.refetch()} /> : null}
      {list.isPending ? <Loading rows={4} height={76} /> : null}
      {list.rows?.length === 0 ? (
        <Empty title="No conversations yet">They begin in the room of a contract, between the two who work together.</Empty>
      ) : null}
      {list.rows && list.rows.length > 0 ? (
        <Rows label="Conversations">
          {list.rows.map((conversation) => (
            <ConversationRow key={conversation.id} conversation={conversation} />
          ))}
        </Rows>
      ) : null}
      <LoadMore {...list} />
    </Page>
  );
}

function ConversationRow({ conversation }: { conversation: Conversation }) {
  const { other, last_message: last, unread_count: unread } = conversation;
  const name = other?.name ?? "Somebody who left";
  const said = last ? `${last.mine ? "You: " : ""}${last.body || "a file"}` : (subjects[conversation.subject.type] ?? "");
  return (
    <Row
      to={`/messages/${conversation.id}`}
      mark={<Face name={name} />}
      title={name}
      text={<span className={classes.preview}>{said}</span>}
      fresh={unread > 0}
      end={
        <>
          <time className={classes.when} dateTime={last?.created_at ?? conversation.created_at}>
            {formatAgo(last?.created_at ?? conversation.created_at)}
          </time>
          {unread > 0 ? <span className={classes.unread}>{unread} new</span> : null}
        </>
      }
    />
  );
}
