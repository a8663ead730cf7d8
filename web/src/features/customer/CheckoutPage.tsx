import { hourlyDealsCreate, type Offer, offersCreate, offersRetrieve, type Proposal, proposalsRetrieve } from "@jobsphere/api-client";
import { Anchor, Button, Stack, Text, Textarea, Title } from "@mantine/core";
import { formatMoney, type Money } from "@jobsphere/domain/money";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useMemo, useRef, useState } from "react";
import { focusFirstError } from "@/components/focusError";
import { MilestonesEditor } from "@/components/MilestonesEditor";
import { MoneyInput } from "@/components/MoneyInput";
import { readMoney } from "@/components/moneyText";
import { Page } from "@/components/Page";
import { Empty, Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { asProblem } from "@/lib/problems";
import classes from "./CheckoutPage.module.css";
import { checkOffer, draftName, draftOf, type OfferCheck, type OfferDraft } from "./offerDraft";
import { FundingChoice } from "./FundingChoice";
import { checkoutQuery } from "./payment/checkout";
import type { Prepare } from "./payment/form";
import { PayBy } from "./payment/PayBy";
import { usePrepare } from "./payment/usePrepare";
import { POLICIES } from "./policies";
import { t } from "@jobsphere/domain/text";

/** From a proposal to an offer with reserved money. */
export function CheckoutPage() {
  const { proposal: id } = useSearch({ strict: false }) as { proposal?: string };
  const proposal = useQuery({
    queryKey: ["proposals", id],
    queryFn: () => ask(proposalsRetrieve({ path: { proposal_id: id ?? "" } })),
    enabled: id !== undefined,
  });
  if (proposal.data) return <Checkout key={id} proposal={proposal.data} />;
  return (
    <Page title={t("Make an offer")} narrow>
      {id === undefined ? (
        <Empty title={t("An offer to whom?")} action={<Button component={Link} to="/jobs?mine=true">{t("My jobs")}</Button>}>
          {t("Open one of your jobs and choose a proposal.")}
        </Empty>
      ) : proposal.isError ? (
        <Failed error={proposal.error} retry={() => void proposal.refetch()} />
      ) : (
        <Loading rows={2} height={260} />
      )}
    </Page>
  );
}

function Checkout({ proposal }: { proposal: Proposal }) {
  const initial = useMemo(() => draftOf(proposal), [proposal]);
  const [draft, setDraft] = useDraft(draftName(proposal.id), initial);
  const { prepare, onReady } = usePrepare();
  const [judged, setJudged] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const check = checkOffer(draft, proposal);
  const { offer, declined, incomplete } = useMakeOffer(check, prepare);
  const problem = offer.isError ? asProblem(offer.error) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setJudged(true);
    if (check.body || check.hourly) offer.mutate();
    else focusFirstError(form.current);
  };
  const change = (part: Partial<OfferDraft>): void => setDraft({ ...draft, ...part });
  // Our own offer may be seen on the proposal before its answer is: then this page leads on, or is sent once more.
  const sending = offer.isPending || offer.isSuccess || problem?.retryable;
  if (!sending && !proposal.allowed_actions.includes("offer")) return <Gone proposal={proposal} />;
  return (
    <Page
      title={t("Offer to {contractor}", { contractor: proposal.contractor.name })}
      lead={
        <Anchor component={Link} to={`/jobs/${proposal.job.id}`}>
          {proposal.job.title}
        </Anchor>
      }
      narrow
    >
      <form onSubmit={submit} ref={form} noValidate>
        <Stack gap="lg">
          <Terms draft={draft} check={check} judged={judged} proposal={proposal} change={change} />
          <FundingChoice draft={draft} check={check} judged={judged} change={change} />
          {draft.funding === "weekly" ? null : <Policies draft={draft} change={change} />}
          <section className="js-card" aria-labelledby="pay">
            <Title order={2} size="h3" id="pay" mb="xs">
              {t("Reserve the money")}
            </Title>
            <PayBy amount={check.dueNow ?? check.amount} onReady={onReady} problem={declined} />
            {incomplete ? (
              <Text role="alert" c="var(--mantine-color-error)" mt="xs">
                {incomplete}
              </Text>
            ) : null}
          </section>
          <Reassurance name={proposal.contractor.name} currency={proposal.price.currency} />
          {problem ? <Failed error={problem} /> : null}
          {problem?.code === "offer-already-live" ? (
            <Anchor component={Link} to="/offers">
              {t("See the offer that is there")}
            </Anchor>
          ) : null}
          <Button type="submit" size="lg" loading={offer.isPending} fullWidth>
            {check.dueNow ? t("Reserve {dueNow} and send", { dueNow: formatMoney(check.dueNow) }) : t("Reserve and send")}
          </Button>
        </Stack>
      </form>
    </Page>
  );
}

/**
 * Send the offer with its card. A declined card ends that offer, so another card makes a new one with the same terms.
 * Where the gateway has a page of its own the payer goes there, and comes back to the offer.
 */
function useMakeOffer(check: OfferCheck, prepare: Prepare) {
  const navigate = useNavigate();
  const [declined, setDeclined] = useState<string>();
  const [incomplete, setIncomplete] = useState<string>();
  // Whether a card was named; without one the gateway's own page asks how to pay.
  const named = useRef(false);
  const offer = useVerb<void, Offer | undefined>(
    async (_, key) => {
      setDeclined(undefined);
      setIncomplete(undefined);
      const card = await prepare().catch((missing: Error) => missing);
      if (card instanceof Error) {
        setIncomplete(card.message);
        return undefined;
      }
      named.current = card.payment_method !== undefined;
      if (check.hourly) {
        const deal = await ask(hourlyDealsCreate({ body: { ...check.hourly, ...card }, headers: withKey(key) }));
        return ask(offersRetrieve({ path: { offer_id: deal.offer_id } }));
      }
      return ask(offersCreate({ body: { ...check.body, ...card }, headers: withKey(key) }));
    },
    async (made) => {
      if (!made) return;
      const page = made.payment?.action?.url;
      if (page && !named.current) return globalThis.location.assign(page);
      if (made.status !== "declined_by_gateway") return navigate({ to: `/offers/${made.id}`, replace: true });
      setDeclined(made.payment?.failure_message || made.closed_reason || t("The card was declined."));
    },
  );
  return { offer, declined, incomplete };
}

interface TermsProps {
  draft: OfferDraft;
  check: OfferCheck;
  judged: boolean;
  proposal: Proposal;
  change: (part: Partial<OfferDraft>) => void;
}

function Terms({ draft, check, judged, proposal, change }: TermsProps) {
  const { price, price_kind: kind } = proposal;
  return (
    <section className="js-card" aria-labelledby="terms">
      <Stack>
        <Title order={2} size="h3" id="terms">
          {t("What you offer")}
        </Title>
        <MoneyInput
          label={draft.funding === "weekly" ? t("Price of an hour") : t("Amount")}
          description={t("They proposed {price}{kind, select, yes { an hour} other {}}", { price: formatMoney(price), kind: kind === "hourly" ? "yes" : "other" })}
          required
          currency={price.currency}
          value={draft.amount}
          error={judged ? check.problem : undefined}
          onChange={(amount) => change({ amount })}
        />
        {check.amount && check.plan ? (
          <MilestonesEditor
            drafts={draft.milestones}
            check={check.plan}
            price={planned(check, draft)}
            judged={judged}
            onChange={(milestones) => change({ milestones })}
          />
        ) : null}
        {draft.funding === "weekly" ? null : (
          <MoneyInput
            label={t("Expenses, at most (optional)")}
            description={t("What they may lay out for material. You pay it later, on top of the amount, when they claim it with a receipt.")}
            currency={price.currency}
            value={draft.expenseCap ?? ""}
            error={judged ? check.capProblem : undefined}
            onChange={(expenseCap) => change({ expenseCap })}
          />
        )}
        <Textarea
          label={t("Message (optional)")}
          maxLength={5000}
          minRows={2}
          value={draft.message}
          onChange={(event) => change({ message: event.currentTarget.value })}
        />
      </Stack>
    </section>
  );
}

/** What the milestones add up to: the price, less a deposit that is a part of its own. */
function planned(check: OfferCheck, draft: OfferDraft): Money {
  const whole = check.amount ?? { amount: 0, currency: "USD" };
  if (draft.funding !== "deposit") return whole;
  const { money } = readMoney(draft.deposit ?? "", whole.currency);
  return money ? { ...whole, amount: Math.max(0, whole.amount - money.amount) } : whole;
}

function Policies({ draft, change }: Pick<TermsProps, "draft" | "change">) {
  return (
    <fieldset className={classes.policies}>
      <legend>{t("If you cancel later")}</legend>
      {POLICIES.map(({ policy, title, text }) => (
        <label key={policy} className={classes.policy}>
          <input
            type="radio"
            name="policy"
            checked={draft.policy === policy}
            onChange={() => change({ policy })}
          />
          <span>
            <strong>{title}</strong>
            <br />
            <Text span size="sm" c="dimmed">
              {text}
            </Text>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** What happens with the money, step by step; some gateways cannot reserve, and then it is paid now. */
function Reassurance({ name, currency }: { name: string; currency: string }) {
  const checkout = useQuery(checkoutQuery(currency));
  if (checkout.data && !checkout.data.methods.some((method) => method.reserved)) {
    return (
      <ul className={classes.reassurance}>
        <li>{t("You pay now, and nobody gets the money yet. {name} has three days to answer.", { name })}</li>
        <li>{t("If they say yes, it stays protected until you approve the work.")}</li>
        <li>{t("If they say no, or you withdraw, all of it is refunded at once.")}</li>
      </ul>
    );
  }
  return (
    <ul className={classes.reassurance}>
      <li>{t("Now your card is only reserved. {name} has three days to answer.", { name })}</li>
      <li>{t("If they say yes, the amount is taken and protected until you approve the work.")}</li>
      <li>{t("If they say no, or you withdraw, the reservation is lifted.")}</li>
    </ul>
  );
}

function Gone({ proposal }: { proposal: Proposal }) {
  const { name } = proposal.contractor;
  if (proposal.live_offer_id) {
    return (
      <Page title={t("Offer to {contractor}", { contractor: name })} narrow>
        <Empty
          title={t("You have made an offer already")}
          action={
            <Button component={Link} to={`/offers/${proposal.live_offer_id}`}>
              {t("See your offer")}
            </Button>
          }
        >
          {t("{contractor} can have one offer for this job at a time. Withdraw it to send another.", { contractor: name })}
        </Empty>
      </Page>
    );
  }
  return (
    <Page title={t("Offer to {contractor}", { contractor: name })} narrow>
      <Empty
        title={t("This proposal cannot be chosen any more")}
        action={
          <Button component={Link} to={`/jobs/${proposal.job.id}`}>
            {t("Back to the job")}
          </Button>
        }
      >
        {t("It was withdrawn, declined, or the job went to somebody.")}
      </Empty>
    </Page>
  );
}
