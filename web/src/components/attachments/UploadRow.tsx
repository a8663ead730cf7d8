import { ActionIcon, Button, Progress, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { type Attached, formatSize, isPicture, kindOf } from "./attached";
import classes from "./Attachments.module.css";
import { FileMark } from "./FileMark";
import { Thumb } from "./Thumb";
import type { Upload, Uploads } from "./useUploads";
import { t } from "@jobsphere/domain/text";

/** A file that is on its way, or that did not get there. */
export function UploadRow({ row, uploads }: { row: Upload; uploads: Uploads }) {
  const { file, percent, problem, retryable } = row;
  return (
    <li className={classes.row} data-problem={problem ? true : undefined}>
      <LocalMark file={file} />
      <div className={classes.words}>
        <span className={classes.name}>{file.name}</span>
        {problem ? (
          <Text role="alert" size="sm" c="var(--mantine-color-error)">
            {problem}
          </Text>
        ) : (
          <Progress value={percent} aria-label={t("Sending {file}", { file: file.name })} radius="xl" />
        )}
      </div>
      {problem && retryable ? (
        <Button variant="default" size="sm" onClick={() => uploads.retry(row.key)} aria-label={t("Send {file} again", { file: file.name })}>
          {t("Try again")}
        </Button>
      ) : null}
      <TakeAway name={file.name} onClick={() => uploads.cancel(row.key)} />
    </li>
  );
}

/** A file that arrived. */
export function ChosenFile({ file, remove }: { file: Attached; remove: () => void }) {
  return (
    <li className={classes.row}>
      {isPicture(file) ? <Thumb file={file} square={44} /> : <FileMark file={file} />}
      <div className={classes.words}>
        <span className={classes.name}>{file.display_name}</span>
        <Text size="sm" c="dimmed">
          {kindOf(file)}, {formatSize(file.size)}
        </Text>
      </div>
      <TakeAway name={file.display_name} onClick={remove} />
    </li>
  );
}

function TakeAway({ name, onClick }: { name: string; onClick: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" size={44} onClick={onClick} aria-label={t("Take away {name}", { name })}>
      <IconX size={18} />
    </ActionIcon>
  );
}

/** A picture from this device needs no server to be shown. */
function LocalMark({ file }: { file: File }) {
  const [address, setAddress] = useState<string>();
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    if (!file.type.startsWith("image/")) return;
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  if (!address || broken) return <FileMark file={{ content_type: file.type, display_name: file.name }} />;
  // What calls itself a picture need not be one; the server says so in a moment.
  return <img src={address} alt="" className={classes.square} onError={() => setBroken(true)} />;
}
