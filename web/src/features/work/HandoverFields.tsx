import type { HandoverRequest } from "@jobsphere/api-client";
import { Textarea } from "@mantine/core";
import { readLinks } from "./links";

export interface HandoverDraft {
  note: string;
  links: string;
}

export const NO_HANDOVER: HandoverDraft = { note: "", links: "" };

/** What to send; without a body there is a problem to show. */
export function handoverOf(draft: HandoverDraft): { body?: HandoverRequest; note?: string; links?: string } {
  const { links, wrong } = readLinks(draft.links);
  const note = draft.note.trim();
  if (wrong.length > 0) return { links: `This is no link: ${wrong.join(", ")}` };
  if (links.length > 20) return { links: "Twenty links are the most." };
  if (!note && links.length === 0) return { note: "Say what you hand in, or add a link to it." };
  return { body: { note, links } };
}

interface HandoverFieldsProps {
  draft: HandoverDraft;
  judged: boolean;
  onChange: (draft: HandoverDraft) => void;
}

export function HandoverFields({ draft, judged, onChange }: HandoverFieldsProps) {
  const problems = judged ? handoverOf(draft) : {};
  return (
    <>
      <Textarea
        label="What you hand in"
        description="What is done, and what the customer should look at"
        data-autofocus
        maxLength={5000}
        value={draft.note}
        error={problems.note}
        onChange={(event) => onChange({ ...draft, note: event.currentTarget.value })}
      />
      <Textarea
        label="Links (optional)"
        description="One a line: photos, a document, a preview"
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
