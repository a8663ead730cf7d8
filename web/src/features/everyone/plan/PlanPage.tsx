import { paymentsMethodsList, plansRetrieve, plansSubscribeCreate, plansSubscriptionsCancelCreate, plansSubscriptionsCardCreate, plansSubscriptionsChangeCreate, plansSubscriptionsPayCreate, plansSubscriptionsResumeCreate } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";
import { Anchor, Button, Group, NativeSelect, Progress, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { cardWords } from "@/components/cardWords";
import { percentWord } from "@/components/fees/FeesReason";
import { Page } from "@/components/Page";
import { Row, Rows } from "@/components/Rows";
import { Section } from "@/components/Section";
import { Empty, Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { formatDay as day } from "@/lib/time";
import type { Card, Loyalty, Plan, PlanSubscription } from "./shapes";
import { effectWords, periodWords, priceWords, stateWords } from "./words";

const LIVE = ["starting", "active", "past_due"];

/** Plans to choose, the one that is mine with what it costs, and the tier that I have earned. */
export function PlanPage() {
  const found = useQuery({ queryKey: ["plans"], queryFn: () => ask(plansRetrieve()) });
  const cards = useQuery({ queryKey: ["cards"], queryFn: () => ask(paymentsMethodsList()) });
  const failed = [found, cards].find((each) => each.isError);
  const saved = cards.data?.methods.filter((each) => each.status === "saved") ?? [];
  return (
    <Page title={t("Plan and tier")} lead={t("What changes the fees of new offers. Contracts that are running keep theirs.")}>
      {failed ? (
        <Failed error={failed.error} retry={() => void failed.refetch()} />
      ) : !found.data || !cards.data ? (
        <Loading rows={3} height={160} />
      ) : (
        <Stack gap="xl">
          {found.data.subscriptions.map((each) => (
            <Mine key={each.id} mine={each} cards={saved} />
          ))}
          <Plans plans={found.data.plans} mine={found.data.subscriptions} cards={saved} />
          {found.data.loyalty.map((each) => (
            <Tier key={each.audience} loyalty={each} />
          ))}
        </Stack>
      )}
    </Page>
  );
}

function Mine({ mine, cards }: { mine: PlanSubscription; cards: Card[] }) {
  const path = { subscription_id: mine.id };
  const cancel = useVerb<void>((_, key) => ask(plansSubscriptionsCancelCreate({ path, headers: withKey(key) })));
  const resume = useVerb<void>(() => ask(plansSubscriptionsResumeCreate({ path })));
  const pay = useVerb<void>((_, key) => ask(plansSubscriptionsPayCreate({ path, body: {}, headers: withKey(key) })));
  const choose = useVerb<string>((card) => ask(plansSubscriptionsCardCreate({ path, body: { method_id: card } })));
  const may = (action: string): boolean => mine.allowed_actions.includes(action);
  const asks = mine.periods.find((each) => each.action?.url)?.action?.url;
  const failed = [cancel, resume, pay, choose].find((each) => each.isError);
  return (
    <Section title={LIVE.includes(mine.status) ? t("Your plan: {plan}", { plan: mine.plan }) : t("Your plan was: {plan}", { plan: mine.plan })}>
      <div className="js-card">
        <Stack gap="sm">
          {LIVE.includes(mine.status) ? <Text>{stateWords(mine, day)}</Text> : <Text>{t("It has ended. New offers bear the usual fees.")}</Text>}
          {mine.next_payment && mine.next_payment_at ? <Text>{t("Next payment: {price} on {day}.", { price: formatMoney(mine.next_payment), day: day(mine.next_payment_at) })}</Text> : null}
          {mine.next_plan ? <Text>{t("With the next period it becomes {plan}.", { plan: mine.next_plan })}</Text> : null}
          {may("card") && cards.length > 0 ? (
            <NativeSelect label={t("Paid with")} value={mine.method_id ?? ""} onChange={(event) => choose.mutate(event.currentTarget.value)} data={cards.map((each) => ({ value: each.id, label: cardWords(each) }))} />
          ) : null}
          {failed ? <Failed error={failed.error} /> : null}
          <Group gap="sm">
            {asks ? (
              <Button component="a" href={asks}>
                {t("Go to the secure page")}
              </Button>
            ) : null}
            {may("pay") ? (
              <Button variant={asks ? "default" : "filled"} loading={pay.isPending} onClick={() => pay.mutate()}>
                {asks ? t("I have confirmed it") : t("Pay now")}
              </Button>
            ) : null}
            {may("resume") ? (
              <Button loading={resume.isPending} onClick={() => resume.mutate()}>
                {t("Keep the plan")}
              </Button>
            ) : null}
            {may("cancel") ? (
              <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
                {t("Cancel the plan")}
              </Button>
            ) : null}
          </Group>
          <Rows label={t("Periods")}>
            {mine.periods.map((each) => (
              <Row key={each.id} title={t("{from} to {until}", { from: day(each.starts_at), until: day(each.ends_at) })} text={periodWords(each)} end={<span className="js-number">{formatMoney(each.amount)}</span>} />
            ))}
          </Rows>
          <Anchor component={Link} to="/invoices" size="sm">
            {t("Receipts are with your invoices")}
          </Anchor>
        </Stack>
      </div>
    </Section>
  );
}

function Plans({ plans, mine, cards }: { plans: Plan[]; mine: PlanSubscription[]; cards: Card[] }) {
  const [card, setCard] = useState(cards.find((each) => each.is_default)?.id ?? cards[0]?.id ?? "");
  const begins = plans.some((each) => !holds(mine, each));
  if (plans.length === 0) return <Empty title={t("No plans are offered")}>{t("The usual fees hold for every offer, unless you have earned a tier.")}</Empty>;
  return (
    <Section title={t("Plans")}>
      {!begins ? null : cards.length > 0 ? (
        <NativeSelect label={t("Paid with")} value={card} onChange={(event) => setCard(event.currentTarget.value)} data={cards.map((each) => ({ value: each.id, label: cardWords(each) }))} />
      ) : (
        <Group gap="sm">
          <Text>{t("A plan is renewed while you are away, so keep a card first.")}</Text>
          <Button component={Link} to="/settings/cards">
            {t("Keep a card")}
          </Button>
        </Group>
      )}
      {plans.map((each) => (
        <OnePlan key={each.id} plan={each} has={holds(mine, each)} card={card} />
      ))}
    </Section>
  );
}

/** The plan that one has for whom this one is for. */
function holds(mine: PlanSubscription[], plan: Plan): PlanSubscription | undefined {
  return mine.find((one) => one.audience === plan.audience && LIVE.includes(one.status));
}

function OnePlan({ plan, has, card }: { plan: Plan; has: PlanSubscription | undefined; card: string }) {
  const choose = useVerb<void, PlanSubscription>(
    (_, key) =>
      has
        ? ask(plansSubscriptionsChangeCreate({ path: { subscription_id: has.id }, body: { plan_id: plan.id, price: plan.price }, headers: withKey(key) }))
        : ask(plansSubscribeCreate({ path: { plan_id: plan.id }, body: { price: plan.price, method_id: card }, headers: withKey(key) })),
    (made) => {
      const url = made.periods.find((each) => each.action?.url)?.action?.url;
      if (url) globalThis.location.assign(url);
    },
  );
  const possible = !plan.is_mine && (has ? has.allowed_actions.includes("change") : card !== "");
  return (
    <article className="js-card" aria-label={plan.name}>
      <Stack gap="xs">
        <Title order={3} size="h4">
          {plan.name}
        </Title>
        {plan.is_mine ? <Text fw={650}>{t("You have this plan.")}</Text> : null}
        <Text>{priceWords(plan)}</Text>
        <Text>{effectWords(plan)}</Text>
        {plan.words ? <Text c="dimmed">{plan.words}</Text> : null}
        {plan.trial_days && !has ? <Text>{t("The first {days} days cost nothing, once. Then it is charged, unless you cancel before.", { days: plan.trial_days })}</Text> : null}
        {plan.coming ? <Text>{t("From {day} on: {price}.", { day: day(plan.coming.valid_from), price: formatMoney(plan.coming.price) })}</Text> : null}
        {has && !plan.is_mine ? <Text c="dimmed">{plan.pay_now ? t("Now {price}: what you have not used is taken off.", { price: formatMoney(plan.pay_now) }) : t("It holds from your next period on.")}</Text> : null}
        {choose.isError ? <Failed error={choose.error} /> : null}
        {possible ? (
          <Button loading={choose.isPending} onClick={() => choose.mutate()} style={{ alignSelf: "flex-start" }} aria-label={has ? t("Change to {plan}", { plan: plan.name }) : t("Choose {plan}", { plan: plan.name })}>
            {has ? t("Change to {plan}", { plan: plan.name }) : t("Choose {plan}", { plan: plan.name })}
          </Button>
        ) : null}
        {has ? null : <Text size="sm">{t("It renews by itself, three days before its paid time is over, until you cancel.")}</Text>}
      </Stack>
    </article>
  );
}

function Tier({ loyalty }: { loyalty: Loyalty }) {
  const next = loyalty.next_tier;
  return (
    <Section title={loyalty.tier ? t("Your tier: {tier}", { tier: loyalty.tier }) : t("Your tier: none yet")}>
      <div className="js-card">
        <Stack gap="sm">
          <Text c="dimmed">{t("It goes by the last twelve months. Of plan and tier, what is cheaper for an offer holds.")}</Text>
          {loyalty.leaves_at ? <Text>{t("It holds until {day}, unless you are back up by then.", { day: day(loyalty.leaves_at) })}</Text> : null}
          {next ? <Text>{t("Next: {tier}, with {share} in fees instead of {usual}.", { tier: next.name, share: percentWord(next.share), usual: percentWord(next.usual_share) })}</Text> : <Text>{t("There is no tier above yours.")}</Text>}
          {loyalty.progress.map((each) => {
            const label = each.what === "volume" ? t("{done} of {wanted} released", { done: formatMoney({ amount: each.done, currency: each.currency }), wanted: formatMoney({ amount: each.wanted, currency: each.currency }) }) : t("{done} of {wanted} contracts completed", { done: each.done, wanted: each.wanted });
            return (
              <div key={each.what}>
                <Text size="sm">{label}</Text>
                <Progress value={each.percent} aria-label={label} />
              </div>
            );
          })}
        </Stack>
      </div>
    </Section>
  );
}
