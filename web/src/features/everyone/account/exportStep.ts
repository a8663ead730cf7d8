import { formatNumber, t } from "@jobsphere/domain/text";

/** Where an export stands, in the four steps that a person sees. */
export function exportStep({ status }: { status: string }): "building" | "ready" | "failed" | "gone" {
  if (status === "queued" || status === "building") return "building";
  if (status === "ready") return "ready";
  return status === "failed" ? "failed" : "gone";
}

/** "840 kB", "2.3 MB". */
export function sizeWord(bytes: number): string {
  if (bytes < 1_000) return t("{bytes} bytes", { bytes });
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  return `${formatNumber(bytes / 1_000_000, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} MB`;
}
