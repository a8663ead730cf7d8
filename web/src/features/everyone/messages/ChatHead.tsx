import { type Conversation, messagesSearchRetrieve } from "@jobsphere/api-client";
import { ActionIcon, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconArrowLeft, IconSearch, IconX } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Face } from "@/components/Face";
import { PersonMenu } from "@/components/safety/PersonMenu";
import { ask } from "@/lib/api";
import { Found } from "./Found";
import classes from "./Messages.module.css";
import { SUBJECTS, subjectPath } from "./subjects";
import { usePresence } from "./usePresence";
import { t } from "@jobsphere/domain/text";

interface ChatHeadProps {
  chat: Conversation;
  typing: boolean;
  /** There is no connection: nobody knows who is there. */
  away: boolean;
  goTo: (id: string) => Promise<void>;
}

/** Who it is, whether they are there, what it is about, and a search in what was said. */
export function ChatHead({ chat, typing, away, goTo }: ChatHeadProps) {
  const [searching, setSearching] = useState(false);
  const presence = usePresence(chat.other?.id);
  const { online, words } = away ? { online: false, words: "" } : presence;
  const name = chat.other?.name ?? t("Somebody who left");
  const path = subjectPath(chat.subject);
  const about = chat.subject.title || (SUBJECTS[chat.subject.type] ?? "");
  return (
    <header className={classes.head}>
      <ActionIcon component={Link} to="/messages" variant="subtle" color="gray" size={44} className={classes.back} aria-label={t("All conversations")}>
        <IconArrowLeft size={22} className="js-turns" />
      </ActionIcon>
      <span className={classes.face}>
        <Face name={name} />
        {online ? <span className={classes.dot} aria-hidden /> : null}
      </span>
      <div className={classes.who}>
        <h1 className={classes.name}>{name}</h1>
        <p className={classes.about}>
          {words ? <span className={classes.presence}>{typing ? t("Writing …") : words}</span> : null}
          {path ? (
            <Link to={path} className={classes.subject}>
              {about}
            </Link>
          ) : (
            about
          )}
        </p>
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={44}
        aria-label={searching ? t("End the search") : t("Search in this conversation")}
        aria-expanded={searching}
        onClick={() => setSearching(!searching)}
      >
        {searching ? <IconX size={20} /> : <IconSearch size={20} />}
      </ActionIcon>
      {chat.other ? (
        <PersonMenu
          personId={chat.other.id}
          name={chat.other.name}
          subject={{ type: "conversation", id: chat.id, title: t("this conversation") }}
        />
      ) : null}
      {searching ? <Search chatId={chat.id} name={name} goTo={goTo} /> : null}
    </header>
  );
}

function Search({ chatId, name, goTo }: { chatId: string; name: string; goTo: (id: string) => Promise<void> }) {
  const [text, setText] = useState("");
  const [words] = useDebouncedValue(text.trim(), 250);
  const found = useQuery({
    queryKey: ["messages", "search", chatId, words],
    queryFn: () => ask(messagesSearchRetrieve({ query: { q: words, chat_id: chatId, page_size: 30 } })),
    enabled: words !== "",
    placeholderData: keepPreviousData,
  });
  return (
    <div className={classes.search}>
      <TextInput
        aria-label={t("Search in this conversation")}
        placeholder={t("What was said?")}
        type="search"
        leftSection={<IconSearch size={18} aria-hidden />}
        value={text}
        maxLength={100}
        data-autofocus
        autoFocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {words ? <Found found={found} title={({ mine }) => (mine ? t("You") : name)} choose={(message) => void goTo(message.id)} /> : null}
    </div>
  );
}
