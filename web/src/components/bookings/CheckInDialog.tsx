import { type Booking, bookingsCheckInCreate } from "@jobsphere/api-client";
import { Checkbox, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { AttachmentPicker } from "@/components/attachments/AttachmentPicker";
import type { Attached } from "@/components/attachments/attached";
import { Dialog } from "@/components/Dialog";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { t } from "@jobsphere/domain/text";

/** "I am there", perhaps with a photo, and with how near: the place itself is not kept. */
export function CheckInDialog({ booking, close }: { booking: Booking; close: () => void }) {
  const [files, setFiles] = useState<Attached[]>([]);
  const [sending, setSending] = useState(false);
  const [near, setNear] = useState(false);
  const checkIn = useVerb<void>(
    async () => {
      const place = near ? await here() : undefined;
      const body = { ...place, file_ids: files.map((file) => file.id) };
      return ask(bookingsCheckInCreate({ path: { booking_id: booking.id }, body }));
    },
    () => {
      notifications.show({ message: t("Checked in. The customer knows.") });
      close();
    },
  );
  return (
    <Dialog
      title={t("Check in")}
      confirm={t("I am there")}
      busy={checkIn.isPending || sending}
      error={checkIn.error}
      onConfirm={() => checkIn.mutate()}
      onClose={close}
    >
      <Text size="sm">{t("The customer sees that you are there, and when.")}</Text>
      <AttachmentPicker label={t("Photos (optional)")} value={files} onChange={setFiles} onBusy={setSending} purpose="attachment" max={4} />
      <Checkbox
        label={t("Say how near I am to the job")}
        description={t("Compared with the job's place, and said in words. Where you are is not kept.")}
        checked={near}
        onChange={(event) => setNear(event.currentTarget.checked)}
      />
    </Dialog>
  );
}

/** Where this device is; nothing when it will not tell: the check-in counts all the same. */
function here(): Promise<{ latitude: number; longitude: number } | undefined> {
  return new Promise((resolve) => {
    if (!("geolocation" in navigator)) return resolve(undefined);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ latitude: coords.latitude, longitude: coords.longitude }),
      () => resolve(undefined),
      { timeout: 8_000 },
    );
  });
}
