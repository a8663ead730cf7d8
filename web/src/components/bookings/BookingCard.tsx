import {
  type Booking,
  bookingsAcceptRescheduleCreate,
  bookingsCancelCreate,
  bookingsContestNoShowCreate,
  bookingsDeclineRescheduleCreate,
  bookingsNoShowCreate,
  bookingsOnTheWayCreate,
  bookingsRescheduleCreate,
  bookingsTimesRetrieve,
  bookingsWithdrawNoShowCreate,
  bookingsWithdrawRescheduleCreate,
  type Consequence,
} from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Button, Group, Stack, Text, Textarea, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type ReactNode, useState } from "react";
import { AttachmentList } from "@/components/attachments/AttachmentList";
import { useRecordFiles } from "@/components/attachments/records";
import { Countdown } from "@/components/Countdown";
import { Dialog } from "@/components/Dialog";
import { MoneyBar } from "@/components/MoneyBar";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { formatMoment } from "@/lib/time";
import { CheckInDialog } from "./CheckInDialog";
import { SlotPicker } from "./SlotPicker";
import { useBookingOf } from "./useBookingOf";
import { ownZone, timeIn, wordsIn } from "./zones";
import { t } from "@jobsphere/domain/text";

type Asking = "reschedule" | "cancel" | "check_in" | "report_no_show" | "contest_no_show" | undefined;

/** The time of a contract or an offer: nothing where it is no booking. */
export function BookingCard({ contractId }: { contractId: string }) {
  const found = useBookingOf(contractId);
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return found.data ? <Card booking={found.data} /> : null;
}

function Card({ booking }: { booking: Booking }) {
  const [asking, setAsking] = useState<Asking>();
  const may = (action: string): boolean => booking.allowed_actions.includes(action);
  const zone = ownZone();
  const photos = useRecordFiles("check_in", booking.checked_in_at ? [booking.id] : []);
  return (
    <section className="js-card" aria-labelledby="booking">
      <Stack gap="sm" align="flex-start">
        <Title order={2} size="h4" id="booking">
          {wordsIn(booking.starts_at, zone)}
        </Title>
        <Text>
          {booking.status === "confirmed" ? <Countdown to={booking.starts_at} /> : null}
          {booking.status === "freed" ? t("This booking does not take place.") : null}
          {booking.status === "done" ? t("This booking is done.") : null}
        </Text>
        <Facts booking={booking} zone={zone} />
        <AttachmentList files={photos.data?.get(booking.id) ?? []} label={t("Photos of the check-in")} />
        <Proposal booking={booking} zone={zone} />
        <Absence booking={booking} />
        <Group gap="sm">
          {may("on_the_way") ? <OnTheWay booking={booking} /> : null}
          {may("check_in") ? <Button onClick={() => setAsking("check_in")}>{t("Check in")}</Button> : null}
          {may("contest_no_show") ? <Button onClick={() => setAsking("contest_no_show")}>{t("I was there")}</Button> : null}
          {may("withdraw_no_show") ? <WithdrawReport booking={booking} /> : null}
          {may("reschedule") ? (
            <Button variant="default" onClick={() => setAsking("reschedule")}>
              {t("Propose another time")}
            </Button>
          ) : null}
          {may("report_no_show") ? (
            <Button variant="default" onClick={() => setAsking("report_no_show")}>
              {booking.mine === "customer" ? t("The contractor did not come") : t("Nobody was there")}
            </Button>
          ) : null}
          {may("cancel") && booking.if_cancelled ? (
            <Button variant="default" c="var(--mantine-color-error)" onClick={() => setAsking("cancel")}>
              {t("Cancel the booking")}
            </Button>
          ) : null}
        </Group>
      </Stack>
      <Asked asking={asking} booking={booking} close={() => setAsking(undefined)} />
    </section>
  );
}

function Asked({ asking, booking, close }: { asking: Asking; booking: Booking; close: () => void }) {
  if (asking === "reschedule") return <Reschedule booking={booking} close={close} />;
  if (asking === "cancel") return <Cancel booking={booking} close={close} />;
  if (asking === "check_in") return <CheckInDialog booking={booking} close={close} />;
  if (asking === "report_no_show") return <Report booking={booking} close={close} />;
  if (asking === "contest_no_show") return <Contest booking={booking} close={close} />;
  return null;
}

const NEARNESS: Record<string, string> = {
  here: t("at the place of the job"),
  near: t("near the place of the job"),
  away: t("away from the place of the job"),
};

function Facts({ booking, zone }: { booking: Booking; zone: string }) {
  const lines = [
    timeIn(booking.starts_at, zone) === timeIn(booking.starts_at, booking.time_zone)
      ? ""
      : t("{timeIn} where the contractor is ({timeZone}).", { timeIn: timeIn(booking.starts_at, booking.time_zone), timeZone: booking.time_zone }),
    booking.arrival_minutes ? t("The contractor arrives within {arrivalMinutes} minutes of that.", { arrivalMinutes: booking.arrival_minutes }) : "",
    booking.extras.length > 0 ? t("With {extras}.", { extras: booking.extras.join(", ") }) : "",
    booking.free_until && booking.if_cancelled ? freeWords(booking.free_until) : "",
    booking.on_the_way_at && !booking.checked_in_at ? t("On the way since {when}.", { when: formatMoment(booking.on_the_way_at) }) : "",
    booking.checked_in_at ? t("Checked in at {when}{checkedIn}.", { when: formatMoment(booking.checked_in_at), checkedIn: checkedIn(booking.nearness) }) : "",
  ].filter(Boolean);
  return lines.map((line) => (
    <Text key={line} size="sm" c="dimmed">
      {line}
    </Text>
  ));
}

function freeWords(until: string): string {
  const words = wordsIn(until, ownZone());
  return new Date(until).getTime() > Date.now() ? t("Cancelling is free until {words}.", { words }) : t("Cancelling was free until {words}.", { words });
}

function checkedIn(nearness: string): string {
  return NEARNESS[nearness] ? `, ${NEARNESS[nearness]}` : "";
}

function useAct(run: (key: string) => Promise<unknown>, done: string, close?: () => void) {
  return useVerb<void>(
    (_, key) => run(key),
    () => {
      notifications.show({ message: done });
      close?.();
    },
  );
}

function Proposal({ booking, zone }: { booking: Booking; zone: string }) {
  const path = { path: { booking_id: booking.id } };
  const accept = useAct(() => ask(bookingsAcceptRescheduleCreate(path)), t("The new time holds."));
  const decline = useAct(() => ask(bookingsDeclineRescheduleCreate(path)), t("The old time holds."));
  const withdraw = useAct(() => ask(bookingsWithdrawRescheduleCreate(path)), t("The old time holds."));
  const at = booking.proposed_starts_at;
  if (!at) return null;
  const mine = booking.proposed_by === booking.mine;
  const failed = [accept, decline, withdraw].find((verb) => verb.isError);
  return (
    <Stack gap="xs" role="note" align="flex-start">
      <Text fw={650}>
        {mine ? t("You proposed {wordsIn}.", { wordsIn: wordsIn(at, zone) }) : t("Another time is proposed: {wordsIn}.", { wordsIn: wordsIn(at, zone) })}
      </Text>
      <Text size="sm" c="dimmed">
        {t("Until it is agreed, the old time holds. Both are kept.")}
      </Text>
      {failed ? <Failed error={failed.error} /> : null}
      <Group gap="sm">
        {booking.allowed_actions.includes("accept_reschedule") ? (
          <>
            <Button loading={accept.isPending} onClick={() => accept.mutate()}>
              {t("Agree to the new time")}
            </Button>
            <Button variant="default" loading={decline.isPending} onClick={() => decline.mutate()}>
              {t("Keep the old time")}
            </Button>
          </>
        ) : null}
        {booking.allowed_actions.includes("withdraw_reschedule") ? (
          <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
            {t("Take it back")}
          </Button>
        ) : null}
      </Group>
    </Stack>
  );
}

function Absence({ booking }: { booking: Booking }) {
  if (!booking.absent) return null;
  const me = booking.absent === booking.mine;
  return (
    <Stack gap={4} role="note">
      <Text fw={650}>{me ? t("It is reported that you did not come.") : t("You reported that nobody came.")}</Text>
      <Text size="sm">{booking.absence_reason}</Text>
      {booking.absence_contested_at ? (
        <Text size="sm">{t("Contested: {contestReason} Staff decide now; the money stays on hold.", { contestReason: booking.contest_reason })}</Text>
      ) : booking.contest_until ? (
        <Text size="sm" c="dimmed">
          {t("The money is on hold. It can be contested until {wordsIn}; after that it goes as shown here.", { wordsIn: wordsIn(booking.contest_until, ownZone()) })}
        </Text>
      ) : null}
      {booking.if_absent && !booking.absence_contested_at ? <Consequences of={booking.if_absent} /> : null}
    </Stack>
  );
}

/** Where the money would go, before anybody clicks. */
function Consequences({ of: split }: { of: Consequence }) {
  const { currency } = split.refund;
  const kept = split.platform_fee.amount + split.service_fee.amount;
  const total = { amount: split.refund.amount + split.payout.amount + kept, currency };
  return (
    <MoneyBar
      caption={t("What becomes of {total}", { total: formatMoney(total) })}
      parts={[
        { label: t("back to the customer"), money: split.refund, tone: "refunded" },
        { label: t("to the contractor"), money: split.payout, tone: "released" },
        { label: t("kept as fees"), money: { amount: kept, currency }, tone: "fees" },
      ]}
    />
  );
}

function OnTheWay({ booking }: { booking: Booking }) {
  const go = useAct(() => ask(bookingsOnTheWayCreate({ path: { booking_id: booking.id } })), t("The customer knows."));
  return (
    <>
      <Button loading={go.isPending} onClick={() => go.mutate()}>
        {t("I am on the way")}
      </Button>
      {go.isError ? <Failed error={go.error} /> : null}
    </>
  );
}

function WithdrawReport({ booking }: { booking: Booking }) {
  const path = { path: { booking_id: booking.id } };
  const back = useAct(() => ask(bookingsWithdrawNoShowCreate(path)), t("The report is taken back."));
  return (
    <>
      <Button variant="default" loading={back.isPending} onClick={() => back.mutate()}>
        {t("Take my report back")}
      </Button>
      {back.isError ? <Failed error={back.error} /> : null}
    </>
  );
}

interface AskProps {
  booking: Booking;
  close: () => void;
}

function Reschedule({ booking, close }: AskProps) {
  const [slot, setSlot] = useState<string>();
  const [judged, setJudged] = useState(false);
  const propose = useAct(
    () => ask(bookingsRescheduleCreate({ path: { booking_id: booking.id }, body: { starts_at: slot ?? "" } })),
    t("Proposed. The old time holds until the other one agrees."),
    close,
  );
  return (
    <Dialog
      title={t("Propose another time")}
      confirm={slot ? t("Propose {wordsIn}", { wordsIn: wordsIn(slot, ownZone()) }) : t("Propose")}
      busy={propose.isPending}
      error={propose.error}
      onConfirm={() => (slot ? propose.mutate() : setJudged(true))}
      onClose={close}
    >
      <SlotPicker
        name={["move", booking.id]}
        load={(from, to) => ask(bookingsTimesRetrieve({ path: { booking_id: booking.id }, query: { from, to } }))}
        value={slot}
        onChange={setSlot}
      />
      {judged && !slot ? (
        <Text role="alert" c="var(--mantine-color-error)">
          {t("Choose a day and a time.")}
        </Text>
      ) : null}
    </Dialog>
  );
}

function Cancel({ booking, close }: AskProps) {
  const [reason, setReason] = useState("");
  const cancel = useAct(
    (key) => ask(bookingsCancelCreate({ path: { booking_id: booking.id }, body: { reason }, headers: withKey(key) })),
    t("The booking is cancelled."),
    close,
  );
  return (
    <Dialog
      title={t("Cancel this booking?")}
      confirm={t("Cancel the booking")}
      danger
      busy={cancel.isPending}
      error={cancel.error}
      onConfirm={() => cancel.mutate()}
      onClose={close}
    >
      {booking.if_cancelled ? <Consequences of={booking.if_cancelled} /> : null}
      {booking.free_until ? <Text size="sm">{freeWords(booking.free_until)}</Text> : null}
      <Text size="sm">{t("The time is free for others at once. You cannot take this back.")}</Text>
      <Textarea label={t("Why")} maxLength={1000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </Dialog>
  );
}

function Report({ booking, close }: AskProps) {
  const report = (reason: string) =>
    ask(bookingsNoShowCreate({ path: { booking_id: booking.id }, body: { reason } }));
  return (
    <Why title={t("Nobody came?")} confirm={t("Report it")} done={t("Reported. The money is on hold.")} run={report} close={close}>
      <Text size="sm">
        {t("The money is put on hold, and the other one has two days to say otherwise. If they do not, it goes like this:")}
      </Text>
      {booking.if_absent ? <Consequences of={booking.if_absent} /> : null}
    </Why>
  );
}

function Contest({ booking, close }: AskProps) {
  const contest = (reason: string) =>
    ask(bookingsContestNoShowCreate({ path: { booking_id: booking.id }, body: { reason } }));
  return (
    <Why title={t("You were there?")} confirm={t("Contest the report")} done={t("Contested. Staff decide.")} run={contest} close={close}>
      <Text size="sm">{t("The money stays on hold until staff have looked at what both of you say.")}</Text>
    </Why>
  );
}

interface WhyProps {
  title: string;
  confirm: string;
  done: string;
  run: (reason: string) => Promise<unknown>;
  close: () => void;
  children: ReactNode;
}

function Why({ title, confirm, done, run, close, children }: WhyProps) {
  const [reason, setReason] = useState("");
  const [judged, setJudged] = useState(false);
  const short = reason.trim().length < 3;
  const act = useAct(() => run(reason.trim()), done, close);
  return (
    <Dialog
      title={title}
      confirm={confirm}
      busy={act.isPending}
      error={act.error}
      onConfirm={() => (short ? setJudged(true) : act.mutate())}
      onClose={close}
    >
      {children}
      <Textarea
        label={t("What happened")}
        required
        maxLength={1000}
        value={reason}
        error={judged && short ? t("Say what happened.") : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  );
}
