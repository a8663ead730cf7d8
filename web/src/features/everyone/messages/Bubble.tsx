import type { Message, Quote } from "@jobsphere/api-client";
import { ActionIcon, Menu } from "@mantine/core";
import {
  IconAlertCircle,
  IconArrowBackUp,
  IconCheck,
  IconChecks,
  IconClock,
  IconCopy,
  IconDots,
  IconEyeOff,
  IconFlag,
  IconPencil,
  IconTrash,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { AttachmentList } from "@/components/attachments/AttachmentList";
import classes from "./Bubble.module.css";
import type { Waiting } from "./outbox";
import { stepText } from "./steps";
import { language, t } from "@jobsphere/domain/text";

/** What a person may want of a message; which of these it has is for the server to say. */
export type Wish = "reply" | "edit" | "delete" | "hide" | "report";

const clock = new Intl.DateTimeFormat(language(), { hour: "2-digit", minute: "2-digit" });

interface BubbleProps {
  message: Message;
  /** The other one's name, for who hears instead of seeing. */
  other: string;
  first: boolean;
  /** One has just come here by a search or a quotation. */
  marked: boolean;
  canReply: boolean;
  wish: (wish: Wish, message: Message) => void;
  /** Go to the message that is quoted. */
  goTo: (id: string) => void;
}

export function Bubble({ message, other, first, marked, canReply, wish, goTo }: BubbleProps) {
  const { mine, deleted_at: deleted, reply_to: quote } = message;
  return (
    <li className={classes.line} data-mine={mine || undefined} data-first={first || undefined} data-id={message.id} data-marked={marked || undefined}>
      <div className={classes.beside}>
        <div className={classes.bubble} data-gone={deleted ? true : undefined}>
          <span className={classes.hidden}>{mine ? t("You:") : `${other}:`} </span>
          {quote ? <Quoted quote={quote} other={other} isOthers={isOthers(message, quote)} goTo={goTo} /> : null}
          {deleted ? <span className={classes.gone}>{mine ? t("You took this message back") : t("This message was taken back")}</span> : null}
          {message.body ? <Words text={message.body} /> : null}
          <AttachmentList files={message.files} label={t("Files of this message")} plain />
        </div>
        <MessageMenu message={message} canReply={canReply} wish={wish} />
      </div>
      <span className={classes.meta}>
        {message.edited_at && !deleted ? `${t("changed")} · ` : ""}
        <time dateTime={message.created_at}>{clock.format(new Date(message.created_at))}</time>
        {mine && !deleted ? <Ticks message={message} /> : null}
      </span>
    </li>
  );
}

const ADDRESS = /(https?:\/\/[^\s<>"]+)/;

/** What was written; addresses can be followed, and tell the other site nothing of us. */
function Words({ text }: { text: string }) {
  return (
    <span className={classes.words}>
      {text.split(ADDRESS).map((part, index) =>
        index % 2 === 1 ? (
          <a key={`${index}-${part}`} href={part} target="_blank" rel="noopener noreferrer nofollow" className={classes.address}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </span>
  );
}

export function receiptOf({ delivered_at: delivered, read_at: read }: Pick<Message, "delivered_at" | "read_at">): "read" | "delivered" | "sent" {
  if (read) return "read";
  return delivered ? "delivered" : "sent";
}

const RECEIPTS = { sent: t("Sent"), delivered: t("Delivered"), read: t("Read") };

function Ticks({ message }: { message: Message }) {
  const receipt = receiptOf(message);
  const Icon = receipt === "sent" ? IconCheck : IconChecks;
  return (
    <span className={classes.ticks} data-receipt={receipt} title={RECEIPTS[receipt]}>
      <Icon size={16} stroke={2.2} aria-hidden />
      <span className={classes.hidden}>{RECEIPTS[receipt]}</span>
    </span>
  );
}

export function quoteText({ body, file_count: files, gone }: Quote): string {
  if (gone) return t("A message that is gone");
  return body || (t("{files, plural, one {A file} other {# files}}", { files }));
}

/** The quoted message is the other one's: whoever wrote this one, the two are not the same, or both are theirs. */
function isOthers({ mine, sender_id: sender }: Message, quote: Quote): boolean {
  return mine ? quote.sender_id !== sender : quote.sender_id === sender;
}

interface QuotedProps {
  quote: Quote;
  other: string;
  isOthers: boolean;
  goTo: (id: string) => void;
}

function Quoted({ quote, other, isOthers, goTo }: QuotedProps) {
  return (
    <button type="button" className={classes.quote} disabled={quote.gone} onClick={() => goTo(quote.id)}>
      <span className={classes.hidden}>{quote.sender_id === null ? t("In answer to:") : isOthers ? t("In answer to {other}:", { other }) : t("In answer to you:")} </span>
      <span className={classes.quoteText}>{quoteText(quote)}</span>
    </button>
  );
}

const WISHES: { wish: Wish; label: string; icon: typeof IconDots; danger?: boolean }[] = [
  { wish: "reply", label: t("Answer"), icon: IconArrowBackUp },
  { wish: "edit", label: t("Change"), icon: IconPencil },
  { wish: "delete", label: t("Take back for both"), icon: IconTrash, danger: true },
  { wish: "hide", label: t("Hide for me"), icon: IconEyeOff },
  { wish: "report", label: t("Report"), icon: IconFlag, danger: true },
];

function MessageMenu({ message, canReply, wish }: Pick<BubbleProps, "message" | "canReply" | "wish">) {
  const settled = Date.parse(message.changeable_until) < Date.now();
  const offered = WISHES.filter(({ wish: name }) => {
    if (!message.allowed_actions.includes(name)) return false;
    if (name === "reply") return canReply;
    return (name !== "edit" && name !== "delete") || (!settled && (name === "delete" || canReply));
  });
  if (offered.length === 0 && !message.body) return null;
  return (
    <Menu position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={32} className={classes.more} aria-label={t("What to do with this message")}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.map(({ wish: name, label, icon: Icon, danger }) => (
          <Menu.Item
            key={name}
            leftSection={<Icon size={18} aria-hidden />}
            {...(danger ? { c: "var(--mantine-color-error)" } : {})}
            onClick={() => wish(name, message)}
          >
            {label}
          </Menu.Item>
        ))}
        {message.body ? (
          <Menu.Item leftSection={<IconCopy size={18} aria-hidden />} onClick={() => void navigator.clipboard?.writeText(message.body)}>
            {t("Copy the text")}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}

/** A step of the deal: quiet, in the middle, with a way to what it is about. */
export function Step({ message }: { message: Message }) {
  const text = stepText(message);
  return (
    <li className={classes.step} data-id={message.id}>
      {message.note?.link ? (
        <Link to={message.note.link} className={classes.stepLink}>
          {text}
        </Link>
      ) : (
        text
      )}
      <time className={classes.stepTime} dateTime={message.created_at}>
        {clock.format(new Date(message.created_at))}
      </time>
    </li>
  );
}

interface WaitingBubbleProps {
  message: Waiting;
  offline: boolean;
  again: () => void;
  takeAway: () => void;
}

/** A message that is on its way, or that did not get through. */
export function WaitingBubble({ message, offline, again, takeAway }: WaitingBubbleProps) {
  const { problem } = message;
  const words = message.body || message.files.map((file) => file.display_name).join(", ");
  return (
    <li className={classes.line} data-mine data-first>
      <div className={classes.bubble} data-waiting>
        <span className={classes.hidden}>{t("You:")} </span>
        {message.replyTo ? <span className={classes.waitingQuote}>{quoteText(message.replyTo)}</span> : null}
        <span className={classes.words}>{words}</span>
      </div>
      <span className={classes.meta} role={problem?.final ? "alert" : "status"} data-problem={problem ? true : undefined}>
        {problem ? (
          <>
            <IconAlertCircle size={16} aria-hidden /> {`${t("Not sent.")} ${problem.final ? problem.text : ""}`}
            <Again onClick={again}>{t("Send again")}</Again>
            <Again onClick={takeAway}>{t("Take it away")}</Again>
          </>
        ) : (
          <>
            <IconClock size={15} aria-hidden /> {offline ? t("Waits for a connection") : t("Sending")}
          </>
        )}
      </span>
    </li>
  );
}

function Again({ children, onClick }: { children: ReactNode; onClick: () => void }) {
  return (
    <button type="button" className={classes.again} onClick={onClick}>
      {children}
    </button>
  );
}
