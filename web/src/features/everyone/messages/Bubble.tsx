import type { Attachment, Message } from "@jobsphere/api-client";
import { useMutation } from "@tanstack/react-query";
import { openFile } from "@/lib/files";
import { formatMoment } from "@/lib/time";
import classes from "./Messages.module.css";
import type { Waiting } from "./outbox";

export function Bubble({ message }: { message: Message }) {
  return (
    <li className={classes.line} data-mine={message.mine || undefined}>
      <div className={classes.bubble}>
        {message.mine ? <span className={classes.hidden}>You: </span> : null}
        {message.body}
        {message.files.map((file) => (
          <FileButton key={file.id} file={file} />
        ))}
      </div>
      <span className={classes.meta}>
        {formatMoment(message.created_at)}
        {message.mine && message.read_at ? " · read" : ""}
      </span>
    </li>
  );
}

function FileButton({ file }: { file: Attachment }) {
  const open = useMutation({ mutationFn: () => openFile(file.url, file.display_name) });
  return (
    <button type="button" className={classes.file} onClick={() => open.mutate()}>
      {file.display_name} ({Math.max(1, Math.round(file.size / 1024))} KB)
      {open.isError ? " · could not be opened" : ""}
    </button>
  );
}

/** A message that is on its way, or that did not get through. */
export function WaitingBubble({ message, again }: { message: Waiting; again: () => void }) {
  return (
    <li className={classes.line} data-mine>
      <div className={classes.bubble} data-waiting>
        {message.body || message.files.map((file) => file.name).join(", ")}
      </div>
      <span className={classes.meta}>
        {message.problem ? (
          <>
            Not sent. {message.problem.message}{" "}
            <button type="button" className={classes.again} onClick={again}>
              Send again
            </button>
          </>
        ) : (
          "Sending"
        )}
      </span>
    </li>
  );
}
