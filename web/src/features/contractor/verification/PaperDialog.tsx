import { type Paper, verificationsCreate, verificationsUpdate } from "@jobsphere/api-client";
import { Stack, Text, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { AttachmentPicker } from "@/components/attachments/AttachmentPicker";
import type { Attached } from "@/components/attachments/attached";
import { Dialog } from "@/components/Dialog";
import { focusFirstError } from "@/components/focusError";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { type Kind, KINDS } from "./papers";
import { t } from "@jobsphere/domain/text";

/** Hand a paper in, or again after staff asked for more. */
export function PaperDialog({ kind, again, close }: { kind: Kind; again?: Paper; close: () => void }) {
  const { title, show, expires } = KINDS[kind];
  const box = useRef<HTMLDivElement>(null);
  const [fields, setFields] = useState({
    number: again?.number ?? "",
    issuer: again?.issuer ?? "",
    expires_on: again?.expires_on ?? "",
  });
  const [pages, setPages] = useState<Attached[]>(again?.files ?? []);
  const [sending, setSending] = useState(false);
  const send = useVerb(() => {
    const body = { kind, number: fields.number, issuer: fields.issuer, expires_on: fields.expires_on || null, file_ids: pages.map((page) => page.id) };
    return ask(again ? verificationsUpdate({ path: { verification_id: again.id }, body }) : verificationsCreate({ body }));
  }, close);
  const problem = send.isError ? asProblem(send.error) : undefined;
  const field = (name: keyof typeof fields) => ({
    value: fields[name],
    error: problem?.at(`/${name}`),
    onChange: (event: { currentTarget: { value: string } }) => setFields({ ...fields, [name]: event.currentTarget.value }),
  });
  return (
    <Dialog
      title={title}
      confirm={t("Hand it in")}
      busy={send.isPending || sending}
      error={send.error}
      onConfirm={() => send.mutate(undefined, { onError: () => focusFirstError(box.current) })}
      onClose={close}
    >
      <Stack ref={box}>
        <Text>{show}</Text>
        {again?.reason ? <Text fw={600}>{t("Asked for: {reason}", { reason: again.reason })}</Text> : null}
        <AttachmentPicker
          label={t("Pages")}
          description={t("Photos or a PDF. They rest sealed; only our staff see them.")}
          value={pages}
          onChange={setPages}
          onBusy={setSending}
          error={problem?.at("/file_ids") && pages.length === 0 ? t("Add at least one page.") : problem?.at("/file_ids")}
          purpose="document"
          max={10}
        />
        <TextInput label={t("Good until")} type="date" required={expires} {...field("expires_on")} />
        <TextInput label={t("Number (optional)")} description={t("As it stands on the paper. Only our staff see it.")} {...field("number")} />
        <TextInput label={t("Issued by (optional)")} {...field("issuer")} />
      </Stack>
    </Dialog>
  );
}
