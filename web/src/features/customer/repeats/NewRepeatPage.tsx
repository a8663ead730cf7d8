import { offersRetrieve, paymentsMethodsList, repeatsCreate, type Offer } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Anchor, Button, NativeSelect, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { ownZone } from "@/components/bookings/zones";
import { Page } from "@/components/Page";
import { Empty, Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { cardWords } from "@/components/cardWords";
import { everyWords } from "./words";
import { t } from "@jobsphere/domain/text";

const RHYTHMS = ["weekly", "fortnightly", "monthly"] as const;
type Rhythm = (typeof RHYTHMS)[number];

/** Ask for something that was booked once, again and again. */
export function NewRepeatPage() {
  const { offer: id } = useSearch({ strict: false }) as { offer?: string };
  const offer = useQuery({
    queryKey: ["offers", id],
    queryFn: () => ask(offersRetrieve({ path: { offer_id: id ?? "" } })),
    enabled: Boolean(id),
  });
  const cards = useQuery({ queryKey: ["cards"], queryFn: () => ask(paymentsMethodsList()) });
  const failed = [offer, cards].find((each) => each.isError);
  return (
    <Page title={t("Repeat this")} lead={offer.data?.title} narrow>
      {failed ? (
        <Failed error={failed.error} retry={() => void failed.refetch()} />
      ) : !offer.data || !cards.data ? (
        <Loading rows={2} height={160} />
      ) : cards.data.methods.some((each) => each.status === "saved") ? (
        <Form offer={offer.data} cards={cards.data.methods.filter((each) => each.status === "saved")} />
      ) : (
        <Empty
          title={t("Keep a card first")}
          action={
            <Button component={Link} to="/settings/cards">
              {t("Keep a card")}
            </Button>
          }
        >
          {cards.data.possible ? t("What repeats is paid while you are away, so it needs a card that you keep. Then come back here.") : t("Cards cannot be kept here, so nothing can repeat by itself. Book again instead.")}
        </Empty>
      )}
    </Page>
  );
}

function Form({ offer, cards }: { offer: Offer; cards: Parameters<typeof cardWords>[0][] }) {
  const navigate = useNavigate();
  const [every, setEvery] = useState<Rhythm>("weekly");
  const [card, setCard] = useState(cards.find((each) => each.is_default)?.id ?? cards[0]?.id ?? "");
  const [starts, setStarts] = useState("");
  const [minutes, setMinutes] = useState("120");
  const timed = Boolean(offer.starts_at);
  const propose = useVerb(
    (_: void, key) => {
      const start = starts ? new Date(starts) : undefined;
      const slot = !timed && start ? { starts_at: start.toISOString(), ends_at: new Date(start.getTime() + Number(minutes) * 60_000).toISOString() } : {};
      return ask(repeatsCreate({ body: { offer_id: offer.id, every, time_zone: ownZone(), method_id: card, ...slot }, headers: withKey(key) }));
    },
    (made) => navigate({ to: `/repeats/${made.id}` }),
  );
  return (
    <section className="js-card" aria-label={t("Repeat this")}>
      <Stack>
        <Radio.Group label={t("How often")} value={every} onChange={(value) => setEvery(value as Rhythm)}>
          <Stack gap="xs" mt="xs">
            {RHYTHMS.map((each) => (
              <Radio key={each} value={each} label={everyWords(each)} />
            ))}
          </Stack>
        </Radio.Group>
        {timed ? null : (
          <>
            <TextInput type="datetime-local" label={t("When next")} value={starts} onChange={(event) => setStarts(event.currentTarget.value)} />
            <NativeSelect label={t("How long")} value={minutes} onChange={(event) => setMinutes(event.currentTarget.value)} data={["30", "60", "120", "180", "240", "480"].map((each) => ({ value: each, label: t("{minutes} minutes", { minutes: each }) }))} />
          </>
        )}
        <NativeSelect label={t("Paid with")} value={card} onChange={(event) => setCard(event.currentTarget.value)} data={cards.map((each) => ({ value: each.id, label: cardWords(each) }))} />
        <Text size="sm">
          {t("{price} each time, charged three days before and protected until you approve the work. {contractor} agrees once. You can skip, pause or end it at any time; you never pay more than you agreed to.", { price: formatMoney(offer.amount), contractor: offer.contractor.name })}
        </Text>
        <Anchor component={Link} to="/settings/cards" size="sm">
          {t("My cards")}
        </Anchor>
        {propose.isError ? <Failed error={propose.error} /> : null}
        <Button loading={propose.isPending} onClick={() => propose.mutate()} disabled={!timed && !starts}>
          {t("Ask {contractor}", { contractor: offer.contractor.name })}
        </Button>
      </Stack>
    </section>
  );
}
