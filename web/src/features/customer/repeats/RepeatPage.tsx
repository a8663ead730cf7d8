import {
  type Occurrence,
  type Repeat,
  repeatsAcceptCreate,
  repeatsAgreePriceCreate,
  repeatsDeclineCreate,
  repeatsDeclinePriceCreate,
  repeatsEndCreate,
  repeatsPauseCreate,
  repeatsPayCreate,
  repeatsPriceCreate,
  repeatsResumeCreate,
  repeatsRetrieve,
  repeatsSkipCreate,
  repeatsWithdrawPriceCreate,
} from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Anchor, Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { addDays, dayOf, dayWords, ownZone, wordsIn } from "@/components/bookings/zones";
import { Dialog } from "@/components/Dialog";
import { MoneyInput } from "@/components/MoneyInput";
import { readMoney } from "@/components/moneyText";
import { Page } from "@/components/Page";
import { Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { usePolling } from "@/lib/live/live";
import { everyWords, reasonWords } from "./words";
import { t } from "@jobsphere/domain/text";

/** A new price is told so many days ahead (the server says no to less). */
const NOTICE = 15;

/** A series: what comes, what was, and what each of the two can do about it. */
export function RepeatPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const refetchInterval = usePolling(20_000);
  const found = useQuery({ queryKey: ["repeats", id], queryFn: () => ask(repeatsRetrieve({ path: { repeat_id: id } })), refetchInterval });
  const repeat = found.data;
  if (!repeat) {
    return (
      <Page title={t("What repeats")} narrow>
        {found.isError ? <Failed error={found.error} retry={() => void found.refetch()} /> : <Loading rows={3} height={140} />}
      </Page>
    );
  }
  const other = repeat.mine === "customer" ? repeat.contractor : repeat.customer;
  return (
    <Page
      title={repeat.title}
      lead={`${everyWords(repeat.every)} · ${formatMoney(repeat.price)} · ${t("with {other}", { other: other.name })}`}
      aside={<Status value={repeat.needs_customer ? "needs_customer" : repeat.status} />}
      narrow
    >
      {repeat.occurrences
        .filter((each) => repeat.mine === "customer" && ["failed", "needs_customer"].includes(each.status))
        .map((each) => (
          <Unpaid key={each.id} repeat={repeat} one={each} />
        ))}
      <Verbs repeat={repeat} />
      <PriceChange repeat={repeat} />
      <Ahead repeat={repeat} />
      <Past repeat={repeat} />
    </Page>
  );
}

/** Only the customer can help now: their bank wants to see them, or the card is refused. */
function Unpaid({ repeat, one }: { repeat: Repeat; one: Occurrence }) {
  const navigate = useNavigate();
  const pay = useVerb(
    (_: void, key) => ask(repeatsPayCreate({ path: { repeat_id: repeat.id }, body: { occurrence_id: one.id }, headers: withKey(key) })),
    (after) => {
      const now = after.occurrences.find((each) => each.id === one.id);
      // The offer's page shows the way to the bank, and what became of it.
      return now?.offer_id ? navigate({ to: `/offers/${now.offer_id}` }) : undefined;
    },
  );
  return (
    <section className="js-card" role="alert" aria-label={t("This date needs you")}>
      <Stack gap="sm" align="flex-start">
        <Title order={2} size="h4">
          {t("{when} is not paid yet", { when: wordsIn(one.starts_at, ownZone()) })}
        </Title>
        <Text>
          {reasonWords(one.reason)} {t("Pay {price} until {until}, or that date does not take place. Nothing was taken.", { price: formatMoney(one.price), until: wordsIn(one.pay_until, ownZone()) })}
        </Text>
        {pay.isError ? <Failed error={pay.error} /> : null}
        <Group gap="sm">
          <Button loading={pay.isPending} onClick={() => pay.mutate()}>
            {t("Pay {price} now", { price: formatMoney(one.price) })}
          </Button>
          <Button component={Link} to="/settings/cards" variant="default">
            {t("My cards")}
          </Button>
        </Group>
      </Stack>
    </section>
  );
}

function Verbs({ repeat }: { repeat: Repeat }) {
  const [ending, setEnding] = useState(false);
  const path = { repeat_id: repeat.id };
  const may = (action: string): boolean => repeat.allowed_actions.includes(action);
  const act = useVerb<"accept" | "decline" | "pause" | "resume" | "end">(
    (verb) => {
      if (verb === "accept") return ask(repeatsAcceptCreate({ path }));
      if (verb === "resume") return ask(repeatsResumeCreate({ path }));
      if (verb === "decline") return ask(repeatsDeclineCreate({ path, body: {} }));
      if (verb === "pause") return ask(repeatsPauseCreate({ path, body: {} }));
      return ask(repeatsEndCreate({ path, body: {} }));
    },
    () => setEnding(false),
  );
  return (
    <section className="js-card" aria-label={t("This series")}>
      <Stack gap="sm" align="flex-start">
        <Text>{saying(repeat)}</Text>
        {repeat.card ? <Text c="dimmed">{t("Paid with {card}", { card: repeat.card })}</Text> : null}
        {act.isError && !ending ? <Failed error={act.error} /> : null}
        <Group gap="sm">
          {may("accept") ? (
            <Button loading={act.isPending} onClick={() => act.mutate("accept")}>
              {t("Agree to the series")}
            </Button>
          ) : null}
          {may("decline") ? (
            <Button variant="default" onClick={() => act.mutate("decline")}>
              {t("No, only once")}
            </Button>
          ) : null}
          {may("resume") ? (
            <Button loading={act.isPending} onClick={() => act.mutate("resume")}>
              {t("Go on")}
            </Button>
          ) : null}
          {may("pause") ? (
            <Button variant="default" loading={act.isPending} onClick={() => act.mutate("pause")}>
              {t("Pause")}
            </Button>
          ) : null}
          {may("end") ? (
            <Button variant="default" c="var(--mantine-color-error)" onClick={() => setEnding(true)}>
              {t("End the series")}
            </Button>
          ) : null}
        </Group>
      </Stack>
      {ending ? (
        <Dialog title={t("End the series?")} confirm={t("End it")} danger busy={act.isPending} error={act.error} onConfirm={() => act.mutate("end")} onClose={() => setEnding(false)}>
          <Text>{t("Nothing more is made or charged. Contracts that exist go on as agreed.")}</Text>
        </Dialog>
      ) : null}
    </section>
  );
}

function saying(repeat: Repeat): string {
  if (repeat.status === "proposed") return repeat.mine === "customer" ? t("{contractor} has not answered yet. Nothing is made or charged before.", { contractor: repeat.contractor.name }) : t("Agree once: each date is then offered, paid and accepted by itself.");
  if (repeat.status === "active") return t("Each date is made and paid three days before.");
  if (repeat.status === "paused") return repeat.reason === "unpaid" ? t("Paused by itself: two dates in a row were not paid. Check the card, then go on.") : t("Paused: nothing is made or charged until it goes on.");
  if (repeat.status === "declined") return t("The contractor said no. What was booked once stays.");
  return repeat.reason === "price" ? t("It has ended, because the new price was not agreed. Contracts that exist go on.") : t("It has ended. Contracts that exist go on.");
}

function PriceChange({ repeat }: { repeat: Repeat }) {
  const [proposing, setProposing] = useState(false);
  const path = { repeat_id: repeat.id };
  const change = repeat.price_change;
  const may = (action: string): boolean => repeat.allowed_actions.includes(action);
  const answer = useVerb<"agree" | "decline" | "withdraw">((verb) => {
    if (verb === "agree" && change) return ask(repeatsAgreePriceCreate({ path, body: { amount: change.amount } }));
    return ask(verb === "withdraw" ? repeatsWithdrawPriceCreate({ path }) : repeatsDeclinePriceCreate({ path }));
  });
  if (!change && !may("propose_price")) return null;
  return (
    <section className="js-card" aria-label={t("Price")}>
      <Stack gap="sm" align="flex-start">
        {change ? (
          <Text fw={600}>
            {change.agreed ? t("{price} from {day} on, as agreed.", { price: formatMoney(change.amount), day: dayWords(change.new_from) }) : t("New price: {price} from {day} on. Without a yes the series ends there.", { price: formatMoney(change.amount), day: dayWords(change.new_from) })}
          </Text>
        ) : null}
        {answer.isError ? <Failed error={answer.error} /> : null}
        <Group gap="sm">
          {may("agree_price") && change ? <Button loading={answer.isPending} onClick={() => answer.mutate("agree")}>{t("Agree to {price}", { price: formatMoney(change.amount) })}</Button> : null}
          {may("decline_price") ? <Button variant="default" onClick={() => answer.mutate("decline")}>{t("No, end the series")}</Button> : null}
          {may("withdraw_price") ? <Button variant="default" onClick={() => answer.mutate("withdraw")}>{t("Keep the old price")}</Button> : null}
          {may("propose_price") && !change ? <Button variant="default" onClick={() => setProposing(true)}>{t("Change the price")}</Button> : null}
        </Group>
      </Stack>
      {proposing ? <ProposePrice repeat={repeat} close={() => setProposing(false)} /> : null}
    </section>
  );
}

function ProposePrice({ repeat, close }: { repeat: Repeat; close: () => void }) {
  const [price, setPrice] = useState("");
  const [day, setDay] = useState(addDays(dayOf(Date.now(), repeat.time_zone), NOTICE));
  const read = readMoney(price, repeat.price.currency);
  const propose = useVerb<void>(
    () => ask(repeatsPriceCreate({ path: { repeat_id: repeat.id }, body: { amount: read.money ?? repeat.price, new_from: day } })),
    close,
  );
  return (
    <Dialog title={t("Another price")} confirm={t("Propose it")} busy={propose.isPending} error={propose.error} onConfirm={() => read.money && propose.mutate()} onClose={close}>
      <MoneyInput label={t("New price")} currency={repeat.price.currency} value={price} onChange={setPrice} />
      <TextInput type="date" label={t("From")} description={t("At least two weeks ahead.")} value={day} onChange={(event) => setDay(event.currentTarget.value)} />
      <Text size="sm">{t("{customer} agrees, or the series ends on that day. Until then the old price holds.", { customer: repeat.customer.name })}</Text>
    </Dialog>
  );
}

function Ahead({ repeat }: { repeat: Repeat }) {
  const skip = useVerb<string>((due_on) => ask(repeatsSkipCreate({ path: { repeat_id: repeat.id }, body: { due_on } })));
  if (repeat.dates.length === 0) return null;
  const mayskip = repeat.allowed_actions.includes("skip");
  return (
    <section className="js-card" aria-labelledby="ahead">
      <Title order={2} size="h4" id="ahead">
        {t("Next dates")}
      </Title>
      {skip.isError ? <Failed error={skip.error} /> : null}
      <Stack component="ul" gap="xs" p={0} mt="sm" style={{ listStyle: "none" }}>
        {repeat.dates.map((each) => (
          <Group component="li" key={each.due_on} justify="space-between" wrap="nowrap">
            <Text td={each.skipped ? "line-through" : undefined}>
              {wordsIn(each.starts_at, ownZone())}
              {each.price && each.price.amount !== repeat.price.amount ? ` · ${formatMoney(each.price)}` : ""}
              {each.price ? "" : ` · ${t("only at the new price")}`}
            </Text>
            {each.skipped ? (
              <Text c="dimmed">{t("left out")}</Text>
            ) : mayskip ? (
              <Button variant="subtle" onClick={() => skip.mutate(each.due_on)} loading={skip.isPending && skip.variables === each.due_on} aria-label={t("Skip {day}", { day: dayWords(each.due_on) })}>
                {t("Skip")}
              </Button>
            ) : null}
          </Group>
        ))}
      </Stack>
    </section>
  );
}

function Past({ repeat }: { repeat: Repeat }) {
  if (repeat.occurrences.length === 0) return null;
  return (
    <section className="js-card" aria-labelledby="made">
      <Title order={2} size="h4" id="made">
        {t("Made so far")}
      </Title>
      <Stack component="ul" gap="xs" p={0} mt="sm" style={{ listStyle: "none" }}>
        {repeat.occurrences.map((each) => (
          <li key={each.id}>
            <Group justify="space-between">
              <Text>
                {each.contract_id ? (
                  <Anchor component={Link} to={`/contracts/${each.contract_id}`}>
                    {wordsIn(each.starts_at, ownZone())}
                  </Anchor>
                ) : (
                  wordsIn(each.starts_at, ownZone())
                )}
              </Text>
              <Status value={each.status} />
            </Group>
            {each.reason ? <Text size="sm" c="dimmed">{reasonWords(each.reason)}</Text> : null}
          </li>
        ))}
      </Stack>
    </section>
  );
}
