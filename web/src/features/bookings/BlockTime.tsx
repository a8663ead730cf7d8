import { calendarExceptionsCreate } from "@jobsphere/api-client";
import { NativeSelect, SimpleGrid, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { clockWords } from "@/components/bookings/zones";
import { Dialog } from "@/components/Dialog";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { TIMES } from "./times";
import { t } from "@jobsphere/domain/text";

interface BlockTimeProps {
  day: string;
  /** Without it, the whole day. */
  hour?: number;
  close: () => void;
}

/** Days off, a blocked hour, or extra hours. */
export function BlockTime({ day, hour, close }: BlockTimeProps) {
  const [fields, setFields] = useState({
    kind: "off",
    first_day: day,
    last_day: day,
    starts: hour === undefined ? 0 : hour * 60,
    ends: hour === undefined ? 1440 : (hour + 1) * 60,
    note: "",
  });
  const set = (change: Partial<typeof fields>): void => setFields({ ...fields, ...change });
  const add = useVerb<void>(
    () => ask(calendarExceptionsCreate({ body: { ...fields, kind: fields.kind as "off" | "extra" } })),
    () => {
      notifications.show({ message: t("Your calendar is changed.") });
      close();
    },
  );
  const wrong = (name: string): string | undefined => (add.isError ? asProblem(add.error).at(`/${name}`) : undefined);
  return (
    <Dialog
      title={t("Change some days")}
      confirm={fields.kind === "off" ? t("Block this time") : t("Offer this time")}
      busy={add.isPending}
      error={add.error}
      onConfirm={() => add.mutate()}
      onClose={close}
    >
      <NativeSelect
        label={t("What")}
        value={fields.kind}
        onChange={(event) => set({ kind: event.currentTarget.value })}
        data={[
          { value: "off", label: t("I am not available") },
          { value: "extra", label: t("I work extra hours") },
        ]}
      />
      <SimpleGrid cols={2}>
        <TextInput
          label={t("First day")}
          type="date"
          value={fields.first_day}
          error={wrong("first_day")}
          onChange={(event) => {
            const first = event.currentTarget.value;
            set({ first_day: first, last_day: fields.last_day < first ? first : fields.last_day });
          }}
        />
        <TextInput
          label={t("Last day")}
          type="date"
          value={fields.last_day}
          error={wrong("last_day")}
          onChange={(event) => set({ last_day: event.currentTarget.value })}
        />
        <NativeSelect
          label={t("From")}
          value={String(fields.starts)}
          error={wrong("starts")}
          onChange={(event) => set({ starts: Number(event.currentTarget.value) })}
          data={TIMES.slice(0, -1).map((each) => ({ value: String(each), label: clockWords(each) }))}
        />
        <NativeSelect
          label={t("Until")}
          value={String(fields.ends)}
          error={wrong("ends")}
          onChange={(event) => set({ ends: Number(event.currentTarget.value) })}
          data={TIMES.slice(1).map((each) => ({ value: String(each), label: clockWords(each) }))}
        />
      </SimpleGrid>
      <TextInput
        label={t("Note")}
        description={t("For you alone: Holiday, dentist.")}
        maxLength={120}
        value={fields.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
    </Dialog>
  );
}
