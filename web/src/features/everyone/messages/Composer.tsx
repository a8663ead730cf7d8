import type { Message, Quote } from "@jobsphere/api-client";
import { ActionIcon, Text, Textarea } from "@mantine/core";
import { IconCheck, IconPaperclip, IconSend, IconX } from "@tabler/icons-react";
import { type ClipboardEvent, type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { type Attached, acceptedBy } from "@/components/attachments/attached";
import { ChosenFile, UploadRow } from "@/components/attachments/UploadRow";
import { useUploads } from "@/components/attachments/useUploads";
import { newKey } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { quoteText } from "./Bubble";
import classes from "./Composer.module.css";
import type { Waiting } from "./outbox";
import { t } from "@jobsphere/domain/text";

const EMPTY: { body: string; files: Attached[] } = { body: "", files: [] };
const MOST = 10;

interface ComposerProps {
  draft: string;
  put: (message: Waiting) => void;
  typing?: (typing: boolean) => void;
  replyTo?: Quote | undefined;
  /** The message whose text is being changed. */
  editing?: Message | undefined;
  change?: (message: Message, body: string) => void;
  /** Neither answer nor change after all. */
  leave?: () => void;
}

/** Where a message is written. What was typed survives a reload; Enter sends where there is a keyboard. */
export function Composer({ draft, put, typing, replyTo, editing, change, leave }: ComposerProps) {
  return editing && change && leave ? (
    <Changing key={editing.id} message={editing} change={change} leave={leave} />
  ) : (
    <Writing draft={draft} put={put} typing={typing} replyTo={replyTo} leave={leave} />
  );
}

function Writing({ draft, put, typing, replyTo, leave }: Pick<ComposerProps, "draft" | "put" | "typing" | "replyTo" | "leave">) {
  const [{ body, files }, setTyped, clear] = useDraft(draft, EMPTY);
  const typed = useRef({ body, files });
  typed.current = { body, files };
  const write = (to: Partial<typeof EMPTY>): void => setTyped({ ...typed.current, ...to });
  const uploads = useUploads({ value: files, onChange: (all) => write({ files: all }), purpose: "attachment", max: MOST });
  const input = useRef<HTMLInputElement>(null);
  const field = useFocusOn(replyTo?.id);
  const ready = (body.trim() !== "" || files.length > 0) && !uploads.busy;
  const submit = (): void => {
    if (!ready) return;
    put({ clientId: newKey(), body: body.trim(), files, replyTo, at: new Date().toISOString() });
    setTyped(EMPTY);
    clear();
    typing?.(false);
    leave?.();
    field.current?.focus();
  };
  const pasted = (event: ClipboardEvent): void => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    uploads.add(event.clipboardData.files);
  };
  return (
    <Frame submit={submit} add={uploads.add}>
      {replyTo ? <Above title={t("You answer")} text={quoteText(replyTo)} leave={leave} /> : null}
      {files.length + uploads.rows.length > 0 ? (
        <ul className={classes.files} aria-label={t("Files to send")}>
          {files.map((file) => (
            <ChosenFile key={file.id} file={file} remove={() => write({ files: files.filter((each) => each.id !== file.id) })} />
          ))}
          {uploads.rows.map((row) => (
            <UploadRow key={row.key} row={row} uploads={uploads} />
          ))}
        </ul>
      ) : null}
      {uploads.surplus > 0 ? (
        <Text role="alert" size="sm" c="var(--mantine-color-error)">
          {t("{MOST} files are the most for one message.", { MOST })}
        </Text>
      ) : null}
      <div className={classes.inputs}>
        <input
          ref={input}
          type="file"
          hidden
          multiple
          aria-hidden
          tabIndex={-1}
          accept={acceptedBy("attachment")}
          onChange={(event) => {
            if (event.currentTarget.files) uploads.add(event.currentTarget.files);
            event.currentTarget.value = "";
          }}
        />
        <ActionIcon variant="subtle" color="gray" size={44} aria-label={t("Attach files")} disabled={uploads.full} onClick={() => input.current?.click()}>
          <IconPaperclip size={22} />
        </ActionIcon>
        <Field
          field={field}
          value={body}
          onPaste={pasted}
          write={(text) => {
            write({ body: text });
            if (text.trim()) typing?.(true);
          }}
          submit={submit}
        />
        <ActionIcon type="submit" size={44} radius="xl" aria-label={t("Send")} aria-disabled={!ready} data-idle={!ready || undefined} className={classes.send}>
          <IconSend size={20} />
        </ActionIcon>
      </div>
    </Frame>
  );
}

/** The text of a message is written anew; the draft of the next one waits meanwhile. */
function Changing({ message, change, leave }: { message: Message; change: (message: Message, body: string) => void; leave: () => void }) {
  const [body, write] = useState(message.body);
  const field = useFocusOn(message.id);
  const ready = body.trim() !== "" || message.files.length > 0;
  const submit = (): void => {
    if (ready) change(message, body.trim());
  };
  return (
    <Frame submit={submit}>
      <Above title={t("You change your message")} text={message.body || t("A file")} leave={leave} />
      <div className={classes.inputs}>
        <Field field={field} value={body} write={write} submit={submit} leave={leave} />
        <ActionIcon type="submit" size={44} radius="xl" aria-label={t("Save the change")} aria-disabled={!ready} className={classes.send}>
          <IconCheck size={22} />
        </ActionIcon>
      </div>
    </Frame>
  );
}

function Frame({ submit, add, children }: { submit: () => void; add?: (files: Iterable<File>) => void; children: React.ReactNode }) {
  const [over, setOver] = useState(false);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    submit();
  };
  return (
    <form
      className={classes.composer}
      data-over={over || undefined}
      onSubmit={send}
      onDragOver={(event) => {
        if (!add || !event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        if (!add) return;
        event.preventDefault();
        setOver(false);
        add(event.dataTransfer.files);
      }}
    >
      {children}
    </form>
  );
}

function Above({ title, text, leave }: { title: string; text: string; leave: (() => void) | undefined }) {
  return (
    <div className={classes.above}>
      <div className={classes.aboveWords}>
        <strong>{title}</strong>
        <span className={classes.aboveText}>{text}</span>
      </div>
      <ActionIcon variant="subtle" color="gray" size={44} aria-label={t("{title}: leave it", { title })} onClick={leave}>
        <IconX size={18} />
      </ActionIcon>
    </div>
  );
}

interface FieldProps {
  field: React.RefObject<HTMLTextAreaElement | null>;
  value: string;
  write: (text: string) => void;
  submit: () => void;
  leave?: () => void;
  onPaste?: (event: ClipboardEvent) => void;
}

function Field({ field, value, write, submit, leave, onPaste }: FieldProps) {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && leave) leave();
    // On a phone, Enter is for the next line: its keyboard has no Shift and Enter.
    const isSend = event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing && !isTouch();
    if (!isSend) return;
    event.preventDefault();
    submit();
  };
  return (
    <Textarea
      ref={field}
      aria-label={t("Your message")}
      placeholder={t("Write a message")}
      className={classes.text}
      minRows={1}
      maxRows={6}
      maxLength={5000}
      value={value}
      onChange={(event) => write(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
    />
  );
}

function isTouch(): boolean {
  return globalThis.matchMedia("(pointer: coarse)").matches;
}

/** Whoever wants to answer or to change wants to write now. */
function useFocusOn(id: string | undefined) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (id) field.current?.focus();
  }, [id]);
  return field;
}
