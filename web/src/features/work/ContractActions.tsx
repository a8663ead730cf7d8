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
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

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
          complete: { run: () => setAsking("complete"), label: t("Approve everything handed in") },
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
  const [sending, setSending] = useState(false);
  const { body } = handoverOf(draft);
  const deliver = useVerb(
    () => ask(contractsDeliverCreate({ path: { contract_id: contract.id }, body: body ?? {} })),
    () => {
      forget();
      notifications.show({ message: t("Everything is handed in. The customer is told now.") });
      close();
    },
  );
  return (
    <Dialog
      title={t("Hand in everything")}
      confirm={t("Hand in everything")}
      busy={deliver.isPending || sending}
      error={deliver.error}
      onConfirm={() => (body ? deliver.mutate() : setJudged(true))}
      onClose={close}
    >
      <Text>{t("Every milestone that is not approved yet counts as handed in with this.")}</Text>
      <HandoverFields draft={draft} judged={judged} onChange={setDraft} onBusy={setSending} />
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
      notifications.show({ message: t("{amount} released to {contractor}.", { amount, contractor: contract.contractor.name }) });
      close();
    },
  );
  return (
    <Dialog
      title={t("Approve everything handed in?")}
      confirm={t("Release {amount}", { amount })}
      busy={complete.isPending}
      error={complete.error}
      onConfirm={() => complete.mutate()}
      onClose={close}
    >
      <Text>
        <Said text="<0>{amount}</0> for {waiting} goes to {contractor}, less the fees they pay. You cannot take this back." tags={[<strong />]} values={{ amount, waiting: waiting.map((each) => each.title).join(", "), contractor: contract.contractor.name }} />
      </Text>
    </Dialog>
  );
}
