import { type Contract, type HourlyWeek, weeksDisputeCreate } from "@jobsphere/api-client";
import { t } from "@jobsphere/domain/text";
import { Checkbox, Stack, Text, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { durationText } from "../duration";
import { entryWords, useWeekEntries } from "./Entries";

/** The customer names the hours that they do not agree to; the rest of the week is released at once. */
export function DisputeHours({ contract, week, close }: { contract: Contract; week: HourlyWeek; close: () => void }) {
  const [chosen, setChosen] = useState<string[]>([]);
  const [reason, setReason] = useState("");
  const [judged, setJudged] = useState(false);
  const entries = useWeekEntries(contract.id, week);
  const sound = chosen.length > 0 && reason.trim().length >= 3;
  const send = useVerb<void>(
    (_, key) =>
      ask(
        weeksDisputeCreate({
          path: { week_id: week.id },
          body: { entry_ids: chosen, reason: reason.trim() },
          headers: withKey(key),
        }),
      ),
    () => {
      notifications.show({ message: t("These hours are held apart. The rest of the week is released.") });
      close();
    },
  );
  return (
    <Dialog
      title={t("Dispute hours")}
      confirm={t("Dispute these, release the rest")}
      danger
      busy={send.isPending}
      error={send.error}
      onConfirm={() => (sound ? send.mutate() : setJudged(true))}
      onClose={close}
    >
      <Text>{t("Their money stays protected until you two agree, or we decide. This can be done once a week.")}</Text>
      <Checkbox.Group
        label={t("Which hours?")}
        error={judged && chosen.length === 0 ? t("Choose the hours in question.") : undefined}
        value={chosen}
        onChange={setChosen}
      >
        <Stack gap="xs" mt="xs">
          {entries.data?.map((entry) => (
            <Checkbox
              key={entry.id}
              value={entry.id}
              label={[durationText(entry.minutes), entryWords(entry), entry.note].filter(Boolean).join(" · ")}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <Textarea
        label={t("What is wrong with them?")}
        required
        error={judged && reason.trim().length < 3 ? t("Say why, so that they can answer.") : undefined}
        value={reason}
        maxLength={1000}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  );
}
