import {
  type Bookables,
  bookingsCreate,
  type BookingQuote,
  contractorsAvailabilityRetrieve,
  contractorsPackagesRetrieve,
  contractorsQuoteRetrieve,
  type Package,
} from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Anchor, Button, Checkbox, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { SlotPicker } from "@/components/bookings/SlotPicker";
import { lengthWords, ownZone, timeIn, wordsIn } from "@/components/bookings/zones";
import { Face } from "@/components/Face";
import { Page } from "@/components/Page";
import { Section } from "@/components/Section";
import { Empty, Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { isSignedIn } from "@/lib/session";
import classes from "./BookTimePage.module.css";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

/** Package, extras, day and time, price and terms; then the card. */
export function BookTimePage() {
  const { contractorId } = useParams({ strict: false }) as { contractorId: string };
  const offered = useQuery({
    queryKey: ["packages", contractorId],
    queryFn: () => ask(contractorsPackagesRetrieve({ path: { person_id: contractorId } })),
  });
  if (!offered.data) {
    return (
      <Page title={t("Book a time")}>
        {offered.isError ? (
          <Failed error={offered.error} retry={() => void offered.refetch()} />
        ) : (
          <Loading rows={2} height={180} />
        )}
      </Page>
    );
  }
  const { contractor, packages, is_open } = offered.data;
  return (
    <Page title={t("Book a time with {contractor}", { contractor: contractor.name })} aside={<Face name={contractor.name} id={contractor.id} size={60} />}>
      {is_open && packages[0] ? (
        <Steps offered={offered.data} first={packages[0]} />
      ) : (
        <Empty
          title={t("No times are offered just now")}
          action={
            <Button component={Link} to={`/book/${contractor.id}`}>
              {t("Ask for a time")}
            </Button>
          }
        >
          {t("Say when it would suit you and what you would pay; {contractor} answers.", { contractor: contractor.name })}
        </Empty>
      )}
    </Page>
  );
}

function Steps({ offered, first }: { offered: Bookables; first: Package }) {
  const [chosen, setChosen] = useState(first.id);
  const [extras, setExtras] = useState<string[]>([]);
  const [slot, setSlot] = useState<string>();
  const picked = offered.packages.find(({ id }) => id === chosen) ?? first;
  const id = offered.contractor.id;
  return (
    <Stack gap="xl">
      <Section title={t("What")}>
        <ul className={classes.packages}>
          {offered.packages.map((each) => (
            <li key={each.id}>
              <PackageCard
                offer={each}
                pressed={each.id === picked.id}
                choose={() => {
                  setChosen(each.id);
                  setExtras([]);
                  setSlot(undefined);
                }}
              />
            </li>
          ))}
        </ul>
        <Extras
          offer={picked}
          value={extras}
          onChange={(next) => {
            setExtras(next);
            setSlot(undefined);
          }}
        />
      </Section>
      <Section title={t("When")}>
        <div className="js-card">
          <SlotPicker
            key={picked.id + extras.join()}
            name={[id, picked.id, ...extras]}
            load={(from, to) =>
              ask(
                contractorsAvailabilityRetrieve({
                  path: { person_id: id },
                  query: { from, to, package: picked.id, extras },
                }),
              )
            }
            value={slot}
            onChange={setSlot}
          />
        </div>
      </Section>
      {slot ? <Summary offered={offered} offer={picked} extras={extras} slot={slot} forget={() => setSlot(undefined)} /> : null}
    </Stack>
  );
}

function PackageCard({ offer, pressed, choose }: { offer: Package; pressed: boolean; choose: () => void }) {
  return (
    <button type="button" className={classes.package} aria-pressed={pressed} onClick={choose}>
      <strong>{offer.title}</strong>
      <strong className="js-number">{formatMoney(offer.price)}</strong>
      <span>{lengthWords(offer.minutes)}</span>
      {offer.description ? <p>{offer.description}</p> : null}
    </button>
  );
}

function Extras({ offer, value, onChange }: { offer: Package; value: string[]; onChange: (ids: string[]) => void }) {
  if (offer.extras.length === 0) return null;
  return (
    <Checkbox.Group label={t("Extras")} value={value} onChange={onChange}>
      <ul className={classes.extras}>
        {offer.extras.map((extra) => (
          <li key={extra.id}>
            <Checkbox
              value={extra.id ?? ""}
              label={t("{title}: {price} more", { title: extra.title, price: formatMoney(extra.price) })}
              description={extra.minutes ? t("{lengthWords} longer", { lengthWords: lengthWords(extra.minutes) }) : t("takes no more time")}
            />
          </li>
        ))}
      </ul>
    </Checkbox.Group>
  );
}

interface SummaryProps {
  offered: Bookables;
  offer: Package;
  extras: string[];
  slot: string;
  forget: () => void;
}

function Summary({ offered, offer, extras, slot, forget }: SummaryProps) {
  const id = offered.contractor.id;
  const heading = useRef<HTMLDivElement>(null);
  const quote = useQuery({
    queryKey: ["quotes", id, offer.id, extras, slot],
    queryFn: () =>
      ask(contractorsQuoteRetrieve({ path: { person_id: id }, query: { package: offer.id, starts_at: slot, extras } })),
  });
  const found = Boolean(quote.data);
  useEffect(() => {
    if (found) heading.current?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }, [found]);
  return (
    <Section title={t("Your booking")}>
      <div className="js-card" ref={heading}>
        {quote.isError ? <Failed error={quote.error} retry={() => void quote.refetch()} /> : null}
        {quote.data ? (
          <Confirm offered={offered} offer={offer} extras={extras} slot={slot} forget={forget} quote={quote.data} />
        ) : quote.isError ? null : (
          <Loading rows={1} height={220} />
        )}
      </div>
    </Section>
  );
}

function Confirm({ offered, offer, extras, slot, forget, quote }: SummaryProps & { quote: BookingQuote }) {
  const navigate = useNavigate();
  const zone = ownZone();
  const [place, setPlace] = useState("");
  const [address, setAddress] = useState("");
  const [message, setMessage] = useState("");
  const book = useVerb<void, { offer_id: string }>(
    (_, key) =>
      ask(
        bookingsCreate({
          body: { contractor_id: offered.contractor.id, package_id: offer.id, starts_at: slot, extras, place, address, message },
          headers: withKey(key),
        }),
      ),
    (made) => navigate({ to: `/offers/${made.offer_id}` }),
  );
  const problem = book.isError ? asProblem(book.error) : undefined;
  const differs = timeIn(slot, zone) !== timeIn(slot, quote.time_zone);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        book.mutate(undefined, { onError: (error) => (asProblem(error).code === "slot-taken" ? forget() : undefined) });
      }}
      noValidate
    >
      <Stack gap="md">
        <div>
          <Text fw={650}>{wordsIn(slot, zone)}</Text>
          <Text c="dimmed">
            {t("{lengthWords}, until {timeIn}", { lengthWords: lengthWords(quote.minutes), timeIn: timeIn(quote.ends_at, zone) })}
          </Text>
          {differs ? (
            <Text c="dimmed">
              {t("{timeIn} where the contractor is ({timeZone}).", { timeIn: timeIn(slot, quote.time_zone), timeZone: quote.time_zone })}
            </Text>
          ) : null}
          {quote.arrival_minutes ? <Text c="dimmed">{t("They arrive within {arrivalMinutes} minutes of that.", { arrivalMinutes: quote.arrival_minutes })}</Text> : null}
        </div>
        <p className={classes.total} style={{ margin: 0 }}>
          <span>{t("You pay")}</span>
          <span className="js-number">{formatMoney(quote.price)}</span>
        </p>
        <Terms quote={quote} />
        <TextInput
          label={t("Where")}
          description={t("Part of town and city.")}
          value={place}
          error={problem?.at("/place")}
          onChange={(event) => setPlace(event.currentTarget.value)}
        />
        <TextInput
          label={t("Address")}
          description={t("Only the contractor sees it, once they have accepted.")}
          value={address}
          error={problem?.at("/address")}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Textarea label={t("What should they know?")} value={message} onChange={(event) => setMessage(event.currentTarget.value)} />
        {problem && problem.fields.length === 0 ? <Failed error={problem} /> : null}
        {isSignedIn() ? (
          <Button type="submit" loading={book.isPending}>
            {t("Go on to the card")}
          </Button>
        ) : (
          <Button component={Link} to={`/sign-in?next=/times/${offered.contractor.id}`}>
            {t("Sign in to book")}
          </Button>
        )}
        <Text size="sm" c="dimmed">
          <Said text="The time is kept for you while you pay. Your card is only reserved until {contractor} accepts, within a day; if they do not, nothing is taken. <0>Another time or price?</0>" tags={[<Anchor component={Link} to={`/book/${offered.contractor.id}`} />]} values={{ contractor: offered.contractor.name.split(" ")[0] ?? "" }} />
        </Text>
      </Stack>
    </form>
  );
}

/** What cancelling costs by when, in plain words and in money. */
function Terms({ quote }: { quote: BookingQuote }) {
  const zone = ownZone();
  const steps = quote.steps.filter((step) => !step.until || new Date(step.until).getTime() > Date.now());
  return (
    <section aria-label={t("If you cancel")}>
      <Text fw={650}>{t("If you cancel")}</Text>
      <ul className={classes.steps}>
        {steps.map((step, index) => (
          <li key={step.until ?? "after"}>
            <span>{step.until ? t("until {wordsIn}", { wordsIn: wordsIn(step.until, zone) }) : index ? t("after that") : t("from now on")}</span>
            <strong className="js-number">
              {step.refund.amount === quote.price.amount
                ? t("free")
                : step.refund.amount
                  ? t("{refund} back", { refund: formatMoney(step.refund) })
                  : t("nothing back")}
            </strong>
          </li>
        ))}
      </ul>
      <Text size="sm" c="dimmed">
        {t("Until the contractor accepts, and whenever the contractor cancels, you get all of it back.")}
      </Text>
    </section>
  );
}
