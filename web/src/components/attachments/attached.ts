import { formatNumber, t } from "@jobsphere/domain/text";

/** A stored file as every answer of the server has it; some know more than others. */
export interface Attached {
  id: string;
  url: string;
  display_name: string;
  content_type: string;
  size: number;
  width?: number | null;
  height?: number | null;
  /** Its average, to stand there until the picture does: "#8a7b5c". */
  colour?: string;
  purpose?: string;
}

/** What a file is uploaded for; it decides who may read it, and whether it must be a picture. */
export type Purpose = "attachment" | "avatar" | "portfolio" | "document";

const PICTURES = "image/png,image/jpeg,image/webp,image/gif";

/** What the dialog of the system offers. Named one by one, a phone turns its own formats (HEIC) into JPEG. */
export function acceptedBy(purpose: Purpose): string {
  if (purpose === "avatar" || purpose === "portfolio") return PICTURES;
  if (purpose === "document") return "image/png,image/jpeg,image/webp,application/pdf";
  return `${PICTURES},application/pdf,.docx,.xlsx,.odt`;
}

export function isPicture(file: Pick<Attached, "content_type">): boolean {
  return file.content_type.startsWith("image/");
}

/** Everybody may read these, so an <img> may ask for them by itself. */
export function isPublic(file: Attached): boolean {
  return file.purpose === "avatar" || file.purpose === "portfolio";
}

/** "1.4 MB": what a person compares, so thousands and not 1024s, and one digit where it tells something. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} KB`;
  const [value, unit] = bytes < 999_500_000 ? [bytes / 1_000_000, "MB"] : [bytes / 1_000_000_000, "GB"];
  return `${value < 9.95 ? formatNumber(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }) : Math.round(value)} ${unit}`;
}

const WORDS: Record<string, string> = {
  "application/pdf": "PDF",
  "image/png": t("PNG picture"),
  "image/jpeg": t("JPEG picture"),
  "image/webp": t("WebP picture"),
  "image/gif": t("GIF picture"),
};

/** What kind of file it is, in a word or two. */
export function kindOf(file: Pick<Attached, "content_type" | "display_name">): string {
  const known = WORDS[file.content_type];
  if (known) return known;
  const dot = file.display_name.lastIndexOf(".");
  return dot > 0 ? file.display_name.slice(dot + 1).toUpperCase() : t("File");
}

/** The address of a smaller form of a picture; the server gives the original where there is none yet. */
export function smaller(url: string, size: "small" | "large"): string {
  return `${url}?size=${size}`;
}

/** Why a file need not be sent at all; the server would say the same after ten megabytes. */
export function refusal(file: Pick<File, "size" | "name">, limit: number | undefined): string | undefined {
  if (file.size === 0) return t("This file is empty.");
  if (limit !== undefined && file.size > limit) {
    return t("This file has {formatSize}; {formatSize2} is the most.", { formatSize: formatSize(file.size), formatSize2: formatSize(limit) });
  }
  return undefined;
}
