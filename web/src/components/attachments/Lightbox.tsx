import { ActionIcon, Modal, Text, useDirection } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { KeyboardEvent } from "react";
import { Loading } from "@/components/States";
import { openFile } from "@/lib/files";
import { asProblem } from "@/lib/problems";
import { type Attached, formatSize } from "./attached";
import classes from "./Attachments.module.css";
import { usePicture } from "./usePicture";
import { t } from "@jobsphere/domain/text";

interface LightboxProps {
  pictures: readonly Attached[];
  at: number;
  go: (to: number) => void;
  close: () => void;
}

/** Pictures one by one over the whole screen: arrows, Home and End move, Escape closes, the focus comes back. */
export function Lightbox({ pictures, at, go, close }: LightboxProps) {
  const { dir } = useDirection();
  const file = pictures[at];
  if (!file) return null;
  const last = pictures.length - 1;
  const [back, on] = dir === "rtl" ? (["ArrowRight", "ArrowLeft"] as const) : (["ArrowLeft", "ArrowRight"] as const);
  const moves: Record<string, number> = { [back]: Math.max(0, at - 1), [on]: Math.min(last, at + 1), Home: 0, End: last };
  const pressed = (event: KeyboardEvent): void => {
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };
  return (
    <Modal
      opened
      fullScreen
      onClose={close}
      onKeyDown={pressed}
      title={file.display_name}
      closeButtonProps={{ "aria-label": t("Close"), size: 44 }}
      classNames={{ content: classes.box, header: classes.boxHeader, title: classes.boxTitle, body: classes.boxBody }}
    >
      <Stage key={file.id} file={file} />
      <div className={classes.controls}>
        <ActionIcon variant="default" size={44} disabled={at === 0} onClick={() => go(at - 1)} aria-label={t("The picture before")}>
          <IconChevronLeft className="js-turns" />
        </ActionIcon>
        <Text role="status">
          {t("{at} of {count}, {formatSize}", { at: at + 1, count: pictures.length, formatSize: formatSize(file.size) })}
        </Text>
        <Save file={file} />
        <ActionIcon variant="default" size={44} disabled={at === last} onClick={() => go(at + 1)} aria-label={t("The next picture")}>
          <IconChevronRight className="js-turns" />
        </ActionIcon>
      </div>
    </Modal>
  );
}

function Stage({ file }: { file: Attached }) {
  const { address, failed } = usePicture(file, "large");
  if (failed) return <Text role="alert">{t("This picture could not be read.")}</Text>;
  return (
    <div className={classes.stage}>
      {address ? <img src={address} alt={file.display_name} /> : <Loading rows={1} height={320} />}
    </div>
  );
}

function Save({ file }: { file: Attached }) {
  const save = useMutation({ mutationFn: () => openFile(file.url, file.display_name) });
  return (
    <>
      <ActionIcon variant="default" size={44} loading={save.isPending} onClick={() => save.mutate()} aria-label={t("Save {displayName}", { displayName: file.display_name })}>
        <IconDownload />
      </ActionIcon>
      {save.isError ? (
        <Text role="alert" size="sm" c="var(--mantine-color-error)">
          {asProblem(save.error).message}
        </Text>
      ) : null}
    </>
  );
}
