import { Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { openFile } from "@/lib/files";
import { asProblem } from "@/lib/problems";
import { type Attached, formatSize, isPicture, kindOf } from "./attached";
import classes from "./Attachments.module.css";
import { FileMark } from "./FileMark";
import { Lightbox } from "./Lightbox";
import { Thumb } from "./Thumb";
import { t } from "@jobsphere/domain/text";

interface AttachmentListProps {
  files: readonly Attached[];
  label?: string;
  /** Without its own card: inside a chat bubble. */
  plain?: boolean;
}

/** The files of a record: pictures to look at, everything else as a row to save. */
export function AttachmentList({ files, label = t("Files"), plain = false }: AttachmentListProps) {
  const [shown, setShown] = useState<number>();
  const pictures = files.filter(isPicture);
  const others = files.filter((file) => !isPicture(file));
  if (files.length === 0) return null;
  return (
    <div className={classes.list} data-plain={plain || undefined}>
      {pictures.length > 0 ? (
        <ul className={classes.grid} data-alone={pictures.length === 1 || undefined} aria-label={others.length > 0 ? t("{label}: pictures", { label }) : label}>
          {pictures.map((file, index) => (
            <li key={file.id}>
              <button type="button" className={classes.open} onClick={() => setShown(index)} aria-label={t("Look at {displayName}", { displayName: file.display_name })}>
                <Thumb file={file} />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {others.length > 0 ? (
        <ul className={classes.rows} aria-label={label}>
          {others.map((file) => (
            <FileRow key={file.id} file={file} />
          ))}
        </ul>
      ) : null}
      {shown === undefined ? null : <Lightbox pictures={pictures} at={shown} go={setShown} close={() => setShown(undefined)} />}
    </div>
  );
}

function FileRow({ file }: { file: Attached }) {
  const save = useMutation({ mutationFn: () => openFile(file.url, file.display_name) });
  return (
    <li>
      <button type="button" className={classes.file} onClick={() => save.mutate()} aria-busy={save.isPending}>
        <FileMark file={file} />
        <span className={classes.words}>
          <span className={classes.name}>{file.display_name}</span>
          <span className={classes.about}>
            {kindOf(file)}, {formatSize(file.size)}
          </span>
        </span>
      </button>
      {save.isError ? (
        <Text role="alert" size="sm" c="var(--mantine-color-error)">
          {asProblem(save.error).message}
        </Text>
      ) : null}
    </li>
  );
}
