import { Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Dialog } from "@/components/Dialog";
import { Failed } from "@/components/States";
import { asProblem } from "@/lib/problems";
import { useVerb } from "@/components/useVerb";
import { t } from "@jobsphere/domain/text";

interface ReasonDialogProps {
  title: string;
  confirm: string;
  danger?: boolean;
  children?: ReactNode;
  run: (reason: string, key: string) => Promise<unknown>;
  onClose: () => void;
}

/** A decision about other people's money: what happens, and why, which the audit trail keeps. */
export function ReasonDialog({ title, confirm, danger = false, children, run, onClose }: ReasonDialogProps) {
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const verb = useVerb((text: string, key) => run(text, key), onClose);
  const short = reason.trim().length < 3;
  const confirmed = (): void => {
    setMissing(short);
    if (!short) verb.mutate(reason.trim());
  };
  const said = verb.error ? asProblem(verb.error).at("/reason") : undefined;
  return (
    <Dialog title={title} confirm={confirm} danger={danger} busy={verb.isPending} error={verb.error} onConfirm={confirmed} onClose={onClose}>
      {children}
      <Textarea
        label={t("Why")}
        description={t("Kept in the audit trail with your name.")}
        required
        data-autofocus
        maxLength={1000}
        value={reason}
        error={said ?? (missing && short ? t("Write at least three characters.") : undefined)}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {verb.error && !said && asProblem(verb.error).fields.length > 0 ? <Failed error={verb.error} /> : null}
    </Dialog>
  );
}
