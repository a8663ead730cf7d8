import { type Contractor, offersCreate } from "@jobsphere/api-client";
import { formatMoney, type Money, typedText } from "@jobsphere/domain/money";
import { Button, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { focusFirstError } from "@/components/focusError";
import { MoneyInput } from "@/components/MoneyInput";
import { readMoney } from "@/components/moneyText";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { useRole } from "@/lib/account";
import { ask, withKey } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { asProblem } from "@/lib/problems";
import { type Booking, type BookingFields, EMPTY_BOOKING, readBooking } from "./booking";
import { minutesOf, priceOf, readSlot } from "./slot";
import { t } from "@jobsphere/domain/text";

interface PartProps {
  fields: BookingFields;
  set: (change: Partial<BookingFields>) => void;
  wrong: (name: keyof BookingFields, pointer: string) => string | undefined;
}

export function BookForm({ person }: { person: Contractor }) {
  const role = useRole();
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const [fields, setFields, clear] = useDraft(`book.${person.id}`, EMPTY_BOOKING);
  const [shown, setShown] = useState(false);
  const currency = person.hourly_rate?.currency ?? person.fixed_from?.currency ?? "USD";
  const { booking, wrong } = readBooking(fields, currency, new Date());
  const book = useVerb(
    (body: Booking, key) => ask(offersCreate({ body: { ...body, contractor_id: person.id }, headers: withKey(key) })),
    async (offer) => {
      clear();
      await navigate({ to: `/offers/${offer.id}` });
    },
  );
  const problem = book.isError ? asProblem(book.error) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setShown(true);
    if (!booking) focusFirstError(form.current);
    else book.mutate(booking, { onError: () => focusFirstError(form.current) });
  };
  const part: PartProps = {
    fields,
    set: (change) => setFields({ ...fields, ...change }),
    wrong: (name, pointer) => (shown ? wrong[name] : undefined) ?? problem?.at(pointer),
  };
  if (!role.customer && role.contractor) {
    return <Text>{t("Booking is for customers. You can become one too, under “Me”.")}</Text>;
  }
  return (
    <form onSubmit={submit} ref={form} noValidate>
      <Stack>
        {problem && problem.fields.length === 0 ? <Failed error={problem} /> : null}
        <What {...part} />
        <When {...part} />
        <Price {...part} currency={currency} hourly={person.hourly_rate} />
        <Button type="submit" loading={book.isPending}>
          {t("Go on to the card")}
        </Button>
        <Text size="sm" c="dimmed">
          {t("Next you choose a card. It is only reserved until {person} accepts; if they do not, nothing is taken.", { person: person.name.split(" ")[0] ?? "" })}
        </Text>
      </Stack>
    </form>
  );
}

function What({ fields, set, wrong }: PartProps) {
  return (
    <>
      <TextInput
        label={t("What is to be done?")}
        placeholder={t("Hang two doors")}
        required
        maxLength={140}
        value={fields.title}
        error={wrong("title", "/booking/title")}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <Textarea
        label={t("Details")}
        value={fields.description}
        error={wrong("description", "/booking/description")}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <TextInput
        label={t("Where")}
        description={t("Part of town and city.")}
        value={fields.place}
        error={wrong("place", "/booking/place")}
        onChange={(event) => set({ place: event.currentTarget.value })}
      />
    </>
  );
}

function When({ fields, set, wrong }: PartProps) {
  return (
    <>
      <TextInput
        label={t("Day")}
        type="date"
        required
        value={fields.day}
        error={wrong("day", "/starts_at")}
        onChange={(event) => set({ day: event.currentTarget.value })}
      />
      <SimpleGrid cols={2}>
        <TextInput
          label={t("From")}
          type="time"
          required
          value={fields.from}
          error={wrong("from", "/starts_at")}
          onChange={(event) => set({ from: event.currentTarget.value })}
        />
        <TextInput
          label={t("Until")}
          type="time"
          required
          value={fields.until}
          error={wrong("until", "/ends_at")}
          onChange={(event) => set({ until: event.currentTarget.value })}
        />
      </SimpleGrid>
    </>
  );
}

function Price({ fields, set, wrong, currency, hourly }: PartProps & { currency: string; hourly: Money | null }) {
  const { slot } = readSlot(fields, new Date());
  const fair = slot && hourly ? priceOf(slot, hourly) : undefined;
  const typed = readMoney(fields.amount, currency).money;
  return (
    <Stack gap={6}>
      <MoneyInput
        label={t("You pay")}
        required
        currency={currency}
        value={fields.amount}
        error={wrong("amount", "/amount")}
        onChange={(amount) => set({ amount })}
      />
      {fair && slot && hourly && typed?.amount !== fair.amount ? (
        <Button variant="default" size="sm" onClick={() => set({ amount: typedText(fair) })}>
          {t("{minutesOf} h at {hourly}: take {fair}", { minutesOf: Math.round(minutesOf(slot) / 6) / 10, hourly: formatMoney(hourly, { short: true }), fair: formatMoney(fair, { short: true }) })}
        </Button>
      ) : null}
    </Stack>
  );
}
