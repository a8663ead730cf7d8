import {
  type Contract,
  type Deliverable,
  type Milestone,
  milestonesReleaseCreate,
  milestonesRequestChangesCreate,
  milestonesSubmitCreate,
} from "@jobsphere/api-client";
import { Text, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { formatMoney } from "@jobsphere/domain/money";
import { useState } from "react";
import { AttachmentPicker } from "@/components/attachments/AttachmentPicker";
import type { Attached } from "@/components/attachments/attached";
import { setRecordFiles } from "@/components/attachments/records";
import { Dialog } from "@/components/Dialog";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { asProblem } from "@/lib/problems";
import { HandoverFields, type HandoverDraft, handoverOf, NO_HANDOVER } from "./HandoverFields";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

interface MilestoneDialogProps {
  milestone: Milestone;
  close: () => void;
}

interface RequestChangesProps extends MilestoneDialogProps {
  /** What the request is about: the newest of what was handed in. */
  handedIn: Deliverable | undefined;
}

export function SubmitMilestone({ milestone, close }: MilestoneDialogProps) {
  const [draft, setDraft, forget] = useDraft<HandoverDraft>(`submit.${milestone.id}`, NO_HANDOVER);
  const [judged, setJudged] = useState(false);
  const [sending, setSending] = useState(false);
  const { body } = handoverOf(draft);
  const submit = useVerb(
    () => ask(milestonesSubmitCreate({ path: { milestone_id: milestone.id }, body: body ?? {} })),
    () => {
      forget();
      notifications.show({ message: t("Handed in. The customer is told now.") });
      close();
    },
  );
  return (
    <Dialog
      title={t("Hand in: {title}", { title: milestone.title })}
      confirm={t("Hand in")}
      busy={submit.isPending || sending}
      error={submit.error}
      onConfirm={() => (body ? submit.mutate() : setJudged(true))}
      onClose={close}
    >
      <HandoverFields draft={draft} judged={judged} onChange={setDraft} onBusy={setSending} />
    </Dialog>
  );
}

export function RequestChanges({ milestone, handedIn, close }: RequestChangesProps) {
  const [files, setFiles] = useState<Attached[]>([]);
  const [sending, setSending] = useState(false);
  const [draft, setDraft, forget] = useDraft(`changes.${milestone.id}`, NO_REASON);
  const [judged, setJudged] = useState(false);
  const reason = draft.reason.trim();
  const send = useVerb(
    async () => {
      await ask(milestonesRequestChangesCreate({ path: { milestone_id: milestone.id }, body: { reason } }));
      if (handedIn && files.length > 0) await setRecordFiles("feedback", handedIn.id, files);
    },
    () => {
      forget();
      notifications.show({ message: t("Sent. The money stays protected while they work on it.") });
      close();
    },
  );
  return (
    <Dialog
      title={t("What should change?")}
      confirm={t("Request changes")}
      busy={send.isPending || sending}
      error={send.error}
      onConfirm={() => (reason ? send.mutate() : setJudged(true))}
      onClose={close}
    >
      <Text>{t("The money stays protected, and nothing is released by itself until it is handed in again.")}</Text>
      <Textarea
        label={t("Tell them what is missing")}
        required
        data-autofocus
        maxLength={1000}
        value={draft.reason}
        error={
          (judged && !reason ? t("Say what should change.") : undefined) ??
          (send.isError ? asProblem(send.error).at("/reason") : undefined)
        }
        onChange={(event) => setDraft({ reason: event.currentTarget.value })}
      />
      {handedIn ? (
        <AttachmentPicker
          label={t("Show what you mean (optional)")}
          value={files}
          onChange={setFiles}
          onBusy={setSending}
          purpose="attachment"
          max={10}
        />
      ) : null}
    </Dialog>
  );
}

const NO_REASON = { reason: "" };

interface ReleaseProps extends MilestoneDialogProps {
  contract: Contract;
}

/** Says exactly what happens to the money, because it cannot be undone. */
export function ReleaseMilestone({ contract, milestone, close }: ReleaseProps) {
  const amount = formatMoney(milestone.money?.protected ?? milestone.amount);
  const rest = (milestone.money?.protected.amount ?? 0) - contract.money.protected.amount;
  const release = useVerb<void>(
    (_, key) => ask(milestonesReleaseCreate({ path: { milestone_id: milestone.id }, headers: withKey(key) })),
    () => {
      notifications.show({ message: t("{amount} released to {contractor}.", { amount, contractor: contract.contractor.name }) });
      close();
    },
  );
  return (
    <Dialog
      title={t("Approve and release?")}
      confirm={t("Release {amount}", { amount })}
      busy={release.isPending}
      error={release.error}
      onConfirm={() => release.mutate()}
      onClose={close}
    >
      <Text>
        <Said text="<0>{amount}</0> stops being protected and goes to {contractor}, less the fees they pay. Your card is not charged again." tags={[<strong />]} values={{ amount, contractor: contract.contractor.name }} />
      </Text>
      <Text>
        {rest === 0
          ? t("Nothing is left protected afterwards: this finishes the job.")
          : t("{money} of the other milestones stays protected.", { money: formatMoney({ amount: -rest, currency: milestone.amount.currency }) })}
      </Text>
      <Text fw={600}>{t("You cannot take this back.")}</Text>
    </Dialog>
  );
}
