import {
  type Contract,
  type Milestone,
  milestonesReleaseCreate,
  milestonesRequestChangesCreate,
  milestonesSubmitCreate,
} from "@jobsphere/api-client";
import { Text, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { formatMoney } from "@jobsphere/domain/money";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { asProblem } from "@/lib/problems";
import { HandoverFields, type HandoverDraft, handoverOf, NO_HANDOVER } from "./HandoverFields";

interface MilestoneDialogProps {
  milestone: Milestone;
  close: () => void;
}

export function SubmitMilestone({ milestone, close }: MilestoneDialogProps) {
  const [draft, setDraft, forget] = useDraft<HandoverDraft>(`submit.${milestone.id}`, NO_HANDOVER);
  const [judged, setJudged] = useState(false);
  const { body } = handoverOf(draft);
  const submit = useVerb(
    () => ask(milestonesSubmitCreate({ path: { milestone_id: milestone.id }, body: body ?? {} })),
    () => {
      forget();
      notifications.show({ message: "Handed in. The customer is told now." });
      close();
    },
  );
  return (
    <Dialog
      title={`Hand in: ${milestone.title}`}
      confirm="Hand in"
      busy={submit.isPending}
      error={submit.error}
      onConfirm={() => (body ? submit.mutate() : setJudged(true))}
      onClose={close}
    >
      <HandoverFields draft={draft} judged={judged} onChange={setDraft} />
    </Dialog>
  );
}

export function RequestChanges({ milestone, close }: MilestoneDialogProps) {
  const [draft, setDraft, forget] = useDraft(`changes.${milestone.id}`, NO_REASON);
  const [judged, setJudged] = useState(false);
  const reason = draft.reason.trim();
  const send = useVerb(
    () => ask(milestonesRequestChangesCreate({ path: { milestone_id: milestone.id }, body: { reason } })),
    () => {
      forget();
      notifications.show({ message: "Sent. The money stays protected while they work on it." });
      close();
    },
  );
  return (
    <Dialog
      title="What should change?"
      confirm="Request changes"
      busy={send.isPending}
      error={send.error}
      onConfirm={() => (reason ? send.mutate() : setJudged(true))}
      onClose={close}
    >
      <Text>The money stays protected, and nothing is released by itself until it is handed in again.</Text>
      <Textarea
        label="Tell them what is missing"
        required
        data-autofocus
        maxLength={1000}
        value={draft.reason}
        error={
          (judged && !reason ? "Say what should change." : undefined) ??
          (send.isError ? asProblem(send.error).at("/reason") : undefined)
        }
        onChange={(event) => setDraft({ reason: event.currentTarget.value })}
      />
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
      notifications.show({ message: `${amount} released to ${contract.contractor.name}.` });
      close();
    },
  );
  return (
    <Dialog
      title="Approve and release?"
      confirm={`Release ${amount}`}
      busy={release.isPending}
      error={release.error}
      onConfirm={() => release.mutate()}
      onClose={close}
    >
      <Text>
        <strong>{amount}</strong> stops being protected and goes to {contract.contractor.name}, less the fees they pay.
        Your card is not charged again.
      </Text>
      <Text>
        {rest === 0
          ? "Nothing is left protected afterwards: this finishes the job."
          : `${formatMoney({ amount: -rest, currency: milestone.amount.currency })} of the other milestones stays protected.`}
      </Text>
      <Text fw={600}>You cannot take this back.</Text>
    </Dialog>
  );
}
