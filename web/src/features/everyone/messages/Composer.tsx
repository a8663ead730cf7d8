import { ActionIcon, FileButton, Pill, Text, Textarea } from "@mantine/core";
import { IconPaperclip, IconSend } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { newKey } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { uploadAttachment } from "@/lib/files";
import { asProblem } from "@/lib/problems";
import classes from "./Messages.module.css";
import type { Waiting } from "./outbox";

const EMPTY = { body: "" };

/** Where a message is written. What was typed survives a reload; Enter sends, Shift and Enter makes a line. */
export function Composer({ draft, put }: { draft: string; put: (message: Waiting) => Promise<void> }) {
  const [{ body }, setTyped, clear] = useDraft(draft, EMPTY);
  const [files, setFiles] = useState<Waiting["files"]>([]);
  const attach = useMutation({
    mutationFn: uploadAttachment,
    onSuccess: (file) => setFiles((all) => [...all, { id: file.id, name: file.display_name }]),
  });
  const ready = body.trim() !== "" || files.length > 0;
  const submit = (event?: FormEvent): void => {
    event?.preventDefault();
    if (!ready || attach.isPending) return;
    void put({ clientId: newKey(), body: body.trim(), files });
    setTyped(EMPTY);
    clear();
    setFiles([]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      submit();
    }
  };
  return (
    <form className={classes.composer} onSubmit={submit}>
      {files.length > 0 ? (
        <Pill.Group>
          {files.map((file) => (
            <Pill
              key={file.id}
              withRemoveButton
              removeButtonProps={{ "aria-label": `Take ${file.name} away`, "aria-hidden": false, tabIndex: 0 }}
              onRemove={() => setFiles(files.filter((each) => each.id !== file.id))}
            >
              {file.name}
            </Pill>
          ))}
        </Pill.Group>
      ) : null}
      {attach.isError ? (
        <Text role="alert" size="sm" c="var(--mantine-color-error)">
          {asProblem(attach.error).message}
        </Text>
      ) : null}
      <div className={classes.inputs}>
        <FileButton onChange={(file) => file && attach.mutate(file)} accept="image/*,.pdf,.docx,.xlsx,.odt">
          {(props) => (
            <ActionIcon {...props} variant="subtle" color="gray" size={44} aria-label="Attach a file" loading={attach.isPending}>
              <IconPaperclip size={22} />
            </ActionIcon>
          )}
        </FileButton>
        <Textarea
          aria-label="Your message"
          placeholder="Write a message"
          className={classes.text}
          minRows={1}
          maxRows={6}
          maxLength={5000}
          value={body}
          onChange={(event) => setTyped({ body: event.currentTarget.value })}
          onKeyDown={onKeyDown}
        />
        <ActionIcon type="submit" size={44} radius="xl" aria-label="Send" disabled={!ready}>
          <IconSend size={20} />
        </ActionIcon>
      </div>
    </form>
  );
}
