import type { HandoverRequest } from "@jobsphere/api-client";
import { Textarea } from "@mantine/core";
import { AttachmentPicker } from "@/components/attachments/AttachmentPicker";
import type { Attached } from "@/components/attachments/attached";
import { readLinks } from "./links";
import { t } from "@jobsphere/domain/text";

export interface HandoverDraft {
  note: string;
  links: string;
  files?: Attached[];
}

export const NO_HANDOVER: HandoverDraft = { note: "", links: "", files: [] };

/** What to send; without a body there is a problem to show. */
export function handoverOf(draft: HandoverDraft): { body?: HandoverRequest; note?: string; links?: string } {
  const { links, wrong } = readLinks(draft.links);
  const note = draft.note.trim();
  if (wrong.length > 0) return { links: t("This is no link: {wrong}", { wrong: wrong.join(", ") }) };
  if (links.length > 20) return { links: t("Twenty links are the most.") };
  const files = draft.files ?? [];
  if (!note && links.length + files.length === 0) return { note: t("Say what you hand in, or add a file or a link.") };
  return { body: { note, links, ...(files.length > 0 ? { file_ids: files.map((file) => file.id) } : {}) } };
}

interface HandoverFieldsProps {
  draft: HandoverDraft;
  judged: boolean;
  onChange: (draft: HandoverDraft) => void;
  /** Told while files are on their way. */
  onBusy: (busy: boolean) => void;
}

export function HandoverFields({ draft, judged, onChange, onBusy }: HandoverFieldsProps) {
  const problems = judged ? handoverOf(draft) : {};
  return (
    <>
      <Textarea
        label={t("What you hand in")}
        description={t("What is done, and what the customer should look at")}
        data-autofocus
        maxLength={5000}
        value={draft.note}
        error={problems.note}
        onChange={(event) => onChange({ ...draft, note: event.currentTarget.value })}
      />
      <AttachmentPicker
        label={t("Files (optional)")}
        description={t("Photos of the finished work, a document. Only the two of you see them.")}
        value={draft.files ?? []}
        onChange={(files) => onChange({ ...draft, files })}
        onBusy={onBusy}
        purpose="attachment"
        max={20}
      />
      <Textarea
        label={t("Links (optional)")}
        description={t("One a line: a preview, a shared folder")}
        inputMode="url"
        autoCapitalize="none"
        minRows={2}
        value={draft.links}
        error={problems.links}
        onChange={(event) => onChange({ ...draft, links: event.currentTarget.value })}
      />
    </>
  );
}
