import {
  paymentsMethodsConfirmCreate,
  paymentsMethodsCreate,
  paymentsMethodsDefaultCreate,
  paymentsMethodsDestroy,
  paymentsMethodsList,
  type SavedMethod,
} from "@jobsphere/api-client";
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Page } from "@/components/Page";
import { Empty, Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask, newKey, withKey } from "@/lib/api";
import { PaymentCard } from "../payment/PaymentCard";
import { usePrepare } from "../payment/usePrepare";
import { cardWords } from "@/components/cardWords";
import { t } from "@jobsphere/domain/text";

/** The form asks for no money here; it only wants to know a currency. */
const NOTHING_YET = { amount: 100, currency: "USD" };

/** The cards that a person keeps, so that what repeats is paid while they are away. */
export function CardsPage() {
  const { method } = useSearch({ strict: false }) as { method?: string };
  const cards = useQuery({ queryKey: ["cards"], queryFn: () => ask(paymentsMethodsList()) });
  const [adding, setAdding] = useState(false);
  const look = useVerb<string>((id) => ask(paymentsMethodsConfirmCreate({ path: { method_id: id }, headers: withKey(newKey()) })));
  const { mutate } = look;
  useEffect(() => {
    // Back from the bank: see what became of it.
    if (method) mutate(method);
  }, [method, mutate]);
  return (
    <Page title={t("My cards")} lead={t("Kept by the payment company, never by us. They pay what repeats while you are away.")} narrow>
      {look.isError ? <Failed error={look.error} /> : null}
      {cards.isError ? (
        <Failed error={cards.error} retry={() => void cards.refetch()} />
      ) : !cards.data ? (
        <Loading rows={2} height={96} />
      ) : (
        <>
          {cards.data.methods.map((card) => (
            <OneCard key={card.id} card={card} />
          ))}
          {cards.data.methods.length === 0 && !adding ? (
            <Empty title={t("No card is kept")}>
              {cards.data.possible ? t("Keep one, and weekly or monthly work is paid by itself.") : t("Cards cannot be kept here. You pay each time instead.")}
            </Empty>
          ) : null}
          {adding ? <AddCard done={() => setAdding(false)} /> : cards.data.possible ? <Button onClick={() => setAdding(true)}>{t("Keep a card")}</Button> : null}
        </>
      )}
    </Page>
  );
}

function OneCard({ card }: { card: SavedMethod }) {
  const path = { method_id: card.id };
  const choose = useVerb<void>(() => ask(paymentsMethodsDefaultCreate({ path })));
  const remove = useVerb<void>(
    () => ask(paymentsMethodsDestroy({ path })),
    () => void notifications.show({ message: t("Removed. It pays nothing any more.") }),
  );
  const name = cardWords(card);
  return (
    <article className="js-card" aria-label={name}>
      <Title order={2} size="h4">
        {name}
      </Title>
      <Text c="dimmed">
        {card.status === "action_required" ? t("Your bank asks first whether it is you.") : card.status === "saving" ? t("The bank has not answered yet.") : t("Expires {month}/{year}", { month: String(card.expires_month).padStart(2, "0"), year: String(card.expires_year) })}
        {card.is_default ? ` · ${t("Charged where no other card is named")}` : ""}
      </Text>
      {choose.isError || remove.isError ? <Failed error={choose.error ?? remove.error} /> : null}
      <Group gap="sm" mt="sm">
        {card.action_url ? (
          <Button component="a" href={card.action_url}>
            {t("Go to the secure page")}
          </Button>
        ) : null}
        {card.status === "saved" && !card.is_default ? (
          <Button variant="default" loading={choose.isPending} onClick={() => choose.mutate()} aria-label={t("Use this one: {name}", { name })}>
            {t("Use this one")}
          </Button>
        ) : null}
        <Button variant="subtle" color="gray" loading={remove.isPending} onClick={() => remove.mutate()} aria-label={t("Remove {name}", { name })}>
          {t("Remove")}
        </Button>
      </Group>
    </article>
  );
}

function AddCard({ done }: { done: () => void }) {
  const { prepare, onReady } = usePrepare();
  const [problem, setProblem] = useState<string>();
  const keep = useVerb<void, SavedMethod | undefined>(
    async (_, key) => {
      setProblem(undefined);
      const chosen = await prepare().catch((missing: Error) => missing);
      if (chosen instanceof Error || !chosen.payment_method) {
        setProblem(chosen instanceof Error ? chosen.message : t("Choose a card."));
        return undefined;
      }
      return ask(paymentsMethodsCreate({ body: { payment_method: chosen.payment_method, gateway: chosen.gateway }, headers: withKey(key) }));
    },
    (made) => {
      if (!made) return;
      if (made.status === "failed") return setProblem(made.failure_message || t("The card was declined."));
      if (made.action_url) return globalThis.location.assign(made.action_url);
      notifications.show({ message: t("The card is kept.") });
      done();
    },
  );
  return (
    <section className="js-card" aria-label={t("Keep a card")}>
      <Stack>
        <PaymentCard amount={NOTHING_YET} onReady={onReady} problem={problem} />
        <Text size="sm" c="dimmed">
          {t("Nothing is charged now. You agree that what you repeat is paid with it while you are away; you are told each time, and can take it back here.")}
        </Text>
        {keep.isError ? <Failed error={keep.error} /> : null}
        <Group gap="sm">
          <Button loading={keep.isPending} onClick={() => keep.mutate()}>
            {t("Keep this card")}
          </Button>
          <Button variant="default" onClick={done}>
            {t("Not now")}
          </Button>
        </Group>
      </Stack>
    </section>
  );
}
