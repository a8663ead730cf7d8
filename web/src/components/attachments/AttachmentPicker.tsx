import { Button, Text } from "@mantine/core";
import { IconCamera, IconPaperclip } from "@tabler/icons-react";
import { type ClipboardEvent, type DragEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { acceptedBy, type Attached, formatSize, type Purpose } from "./attached";
import classes from "./Attachments.module.css";
import { ChosenFile, UploadRow } from "./UploadRow";
import { type Uploads, useUploads } from "./useUploads";
import { t } from "@jobsphere/domain/text";

interface AttachmentPickerProps {
  /** What was uploaded already. */
  value: readonly Attached[];
  onChange: (files: Attached[]) => void;
  purpose: Purpose;
  max: number;
  label?: string;
  description?: ReactNode;
  error?: string | undefined;
  /** Told while something is on its way: a form that is sent then would forget it. */
  onBusy?: (busy: boolean) => void;
  /** A new one takes the place of the old one, so that "full" does not mean "take it away first". */
  replaces?: boolean;
}

/** Choose, drop, paste or photograph files. They are sent at once, so the form they belong to is quick afterwards. */
export function AttachmentPicker({ value, onChange, purpose, max, label = t("Files"), description, error, onBusy, replaces = false }: AttachmentPickerProps) {
  const uploads = useUploads({ value, onChange, purpose, max: replaces ? value.length + max : max });
  const id = useId();
  const { busy } = uploads;
  const told = useRef(onBusy);
  told.current = onBusy;
  useEffect(() => told.current?.(busy), [busy]);
  return (
    <div role="group" aria-labelledby={`${id}-label`} aria-describedby={`${id}-about`} className={classes.picker}>
      <Text id={`${id}-label`} fw={600}>
        {label}
      </Text>
      <Text id={`${id}-about`} size="sm" c="dimmed">
        {description ?? whatFits(purpose, max, uploads.limit)}
      </Text>
      <DropZone uploads={uploads} purpose={purpose} max={max} wrong={Boolean(error)} />
      {error ? <Wrong>{error}</Wrong> : null}
      {uploads.surplus > 0 ? <Wrong>{surplusWords(uploads.surplus, max)}</Wrong> : null}
      {value.length + uploads.rows.length > 0 ? (
        <ul className={classes.chosen} aria-label={t("Chosen files")}>
          {value.map((file) => (
            <ChosenFile key={file.id} file={file} remove={() => onChange(value.filter((each) => each.id !== file.id))} />
          ))}
          {uploads.rows.map((row) => (
            <UploadRow key={row.key} row={row} uploads={uploads} />
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function Wrong({ children }: { children: string }) {
  return (
    <Text role="alert" size="sm" c="var(--mantine-color-error)">
      {children}
    </Text>
  );
}

function surplusWords(surplus: number, max: number): string {
  return t("{surplus, plural, one {One file was} other {# files were}} left out: {max, plural, one {one is} other {# are}} the most.", { surplus, max });
}

function whatFits(purpose: Purpose, max: number, limit: number | undefined): string {
  const pictures = purpose === "avatar" || purpose === "portfolio";
  const kinds = pictures ? t("PNG, JPEG, WebP or GIF") : purpose === "document" ? t("Photos or a PDF") : t("Pictures, PDF, Word, Excel or ODT");
  const number = t("{max, plural, one {} other {, up to #}}", { max });
  return `${kinds}${number}${limit ? t(", {size} each", { size: formatSize(limit) }) : ""}. ${t("Where a photo was taken is removed.")}`;
}

interface DropZoneProps {
  uploads: Uploads;
  purpose: Purpose;
  max: number;
  wrong: boolean;
}

function DropZone({ uploads, purpose, max, wrong }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const chosen = useRef<HTMLInputElement>(null);
  const taken = useRef<HTMLInputElement>(null);
  const allow = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(true);
  };
  const dropped = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    uploads.add(event.dataTransfer.files);
  };
  const pasted = (event: ClipboardEvent): void => {
    if (event.clipboardData.files.length > 0) uploads.add(event.clipboardData.files);
  };
  return (
    <div
      className={classes.drop}
      data-over={over || undefined}
      data-wrong={wrong || undefined}
      onDragOver={allow}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
      onPaste={pasted}
    >
      <FileInput input={chosen} uploads={uploads} accept={acceptedBy(purpose)} multiple={max > 1} name="choose" />
      <FileInput input={taken} uploads={uploads} accept="image/*" multiple={false} camera name="camera" />
      <Button
        variant="default"
        leftSection={<IconPaperclip size={18} aria-hidden />}
        disabled={uploads.full}
        aria-invalid={wrong || undefined}
        onClick={() => chosen.current?.click()}
      >
        {t("{max, plural, one {Choose a file} other {Choose files}}", { max })}
      </Button>
      <Button
        variant="default"
        className={classes.camera}
        leftSection={<IconCamera size={18} aria-hidden />}
        disabled={uploads.full}
        onClick={() => taken.current?.click()}
      >
        {t("Take a photo")}
      </Button>
      <Text size="sm" c="dimmed" className={classes.hint}>
        {uploads.full ? t("That is the most.") : t("{max, plural, one {or drop or paste it here} other {or drop or paste them here}}", { max })}
      </Text>
    </div>
  );
}

interface FileInputProps {
  input: React.RefObject<HTMLInputElement | null>;
  uploads: Uploads;
  accept: string;
  multiple: boolean;
  camera?: boolean;
  name: string;
}

/** The system's own dialog. It is emptied after each choice, so the same file can be chosen again after a refusal. */
function FileInput({ input, uploads, accept, multiple, camera = false, name }: FileInputProps) {
  return (
    <input
      ref={input}
      type="file"
      hidden
      data-picker={name}
      tabIndex={-1}
      aria-hidden
      accept={accept}
      multiple={multiple}
      {...(camera ? { capture: "environment" as const } : {})}
      onChange={(event) => {
        if (event.currentTarget.files) uploads.add(event.currentTarget.files);
        event.currentTarget.value = "";
      }}
    />
  );
}
