import { type Contract, contractsCompleteCreate, contractsDeliverCreate } from "@jobsphere/api-client";
import { Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { formatMoney } from "@jobsphere/domain/money";
import { useState } from "react";
import { Actions } from "@/components/Actions";
import { Dialog } from "@/components/Dialog";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { HandoverFields, handoverOf, NO_HANDOVER } from "./HandoverFields";

/** What is done to all milestones at once; with a single one its own buttons are enough. */
export function ContractActions({ contract }: { contract: Contract }) {
  const [asking, setAsking] = useState<"deliver" | "complete">();
  if (contract.milestones.length < 2) return null;
  const close = (): void => setAsking(undefined);
  return (
    <>
      <Actions
        allowed={contract.allowed_actions}
        offered={{
          complete: { run: () => setAsking("complete"), label: "Approve everything handed in" },
          deliver: { run: () => setAsking("deliver") },
        }}
      />
      {asking === "deliver" ? <DeliverAll contract={contract} close={close} /> : null}
      {asking === "complete" ? <CompleteAll contract={contract} close={close} /> : null}
    </>
  );
}

interface ContractDialogProps {
  contract: Contract;
  close: () => void;
}

function DeliverAll({ contract, close }: ContractDialogProps) {
  const [draft, setDraft, forget] = useDraft(`deliver.${contract.id}`, NO_HANDOVER);
  const [judged, setJudged] = useState(false);
  const { body } = handoverOf(draft);
  const deliver = useVerb(
    () => ask(contractsDeliverCreate({ path: { contract_id: contract.id }, body: body ?? {} })),
    () => {
      forget();
      notifications.show({ message: "Everything is handed in. The customer is told now." });
      close();
    },
  );
  return (
    <Dialog
      title="Hand in everything"
      confirm="Hand in everything"
      busy={deliver.isPending}
      error={deliver.error}
      onConfirm={() => (body ? deliver.mutate() : setJudged(true))}
      onClose={close}
    >
      <Text>Every milestone that is not approved yet counts as handed in with this.</Text>
      <HandoverFields draft={draft} judged={judged} onChange={setDraft} />
    </Dialog>
  );
}

function CompleteAll({ contract, close }: ContractDialogProps) {
  const waiting = contract.milestones.filter((each) => each.allowed_actions.includes("release"));
  const sum = waiting.reduce((total, each) => total + (each.money?.protected.amount ?? 0), 0);
  const amount = formatMoney({ amount: sum, currency: contract.amount.currency });
  const complete = useVerb<void>(
    (_, key) => ask(contractsCompleteCreate({ path: { contract_id: contract.id }, headers: withKey(key) })),
    () => {
      notifications.show({ message: `${amount} released to ${contract.contractor.name}.` });
      close();
    },
  );
  return (
    <Dialog
      title="Approve everything handed in?"
      confirm={`Release ${amount}`}
      busy={complete.isPending}
      error={complete.error}
      onConfirm={() => complete.mutate()}
      onClose={close}
    >
      <Text>
        <strong>{amount}</strong> for {waiting.map((each) => each.title).join(", ")} goes to {contract.contractor.name},
        less the fees they pay. You cannot take this back.
      </Text>
    </Dialog>
  );
}
