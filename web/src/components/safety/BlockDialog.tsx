import { peopleBlockCreate, peopleBlockDestroy } from "@jobsphere/api-client";
import { List, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Dialog } from "@/components/Dialog";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { t } from "@jobsphere/domain/text";

interface BlockDialogProps {
  personId: string;
  name: string;
  /** Take the block back. */
  undo?: boolean;
  onClose: () => void;
}

/** What a block does, before it does it. */
export function BlockDialog({ personId, name, undo = false, onClose }: BlockDialogProps) {
  const path = { person_id: personId };
  const verb = useVerb(
    () => (undo ? ask(peopleBlockDestroy({ path })) : ask(peopleBlockCreate({ path }))),
    () => {
      notifications.show({ message: undo ? t("{name} can reach you again.", { name }) : t("{name} cannot reach you any more.", { name }) });
      onClose();
    },
  );
  return (
    <Dialog
      title={undo ? t("Unblock {name}?", { name }) : t("Block {name}?", { name })}
      confirm={undo ? t("Unblock") : t("Block")}
      danger={!undo}
      busy={verb.isPending}
      error={verb.error}
      onConfirm={() => verb.mutate()}
      onClose={onClose}
    >
      {undo ? (
        <Text>{t("The two of you can write, propose and book again.")}</Text>
      ) : (
        <>
          <List spacing="xs">
            <List.Item>{t("Neither of you can write to the other, propose, offer or book.")}</List.Item>
            <List.Item>{t("You no longer find each other in searches.")}</List.Item>
            <List.Item>{t("A contract that runs goes on, and so does its money.")}</List.Item>
          </List>
          <Text c="dimmed" size="sm">
            {t("{name} is not told. You can take it back under Me, Safety.", { name })}
          </Text>
        </>
      )}
    </Dialog>
  );
}
