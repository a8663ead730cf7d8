import { IconFile, IconFileSpreadsheet, IconFileText, IconPhoto } from "@tabler/icons-react";
import type { Attached } from "./attached";
import classes from "./Attachments.module.css";

/** A sign for the kind of a file; its name stands beside it, so it is silent. */
export function FileMark({ file }: { file: Pick<Attached, "content_type" | "display_name"> }) {
  const Icon = iconOf(file.content_type);
  return (
    <span className={classes.mark} aria-hidden>
      <Icon size={22} stroke={1.6} />
    </span>
  );
}

function iconOf(type: string) {
  if (type.startsWith("image/")) return IconPhoto;
  if (type.includes("spreadsheet")) return IconFileSpreadsheet;
  return type === "application/pdf" || type.includes("document") ? IconFileText : IconFile;
}
