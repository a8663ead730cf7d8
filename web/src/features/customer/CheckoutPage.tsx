import { type Offer, offersCreate, type Proposal, proposalsRetrieve } from "@jobsphere/api-client";
import { Anchor, Button, Stack, Text, Textarea, Title } from "@mantine/core";
import { formatMoney } from "@jobsphere/domain/money";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useMemo, useRef, useState } from "react";
import { focusFirstError } from "@/components/focusError";
import { MilestonesEditor } from "@/components/MilestonesEditor";
import { MoneyInput } from "@/components/MoneyInput";
import { Page } from "@/components/Page";
import { Empty, Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { asProblem } from "@/lib/problems";
import classes from "./CheckoutPage.module.css";
import { checkOffer, draftName, draftOf, type OfferCheck, type OfferDraft } from "./offerDraft";
import type { ChosenCard } from "./payment/form";
import { PaymentCard } from "./payment/PaymentCard";
import { POLICIES } from "./policies";

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
    <Page title="Make an offer" narrow>
      {id === undefined ? (
        <Empty title="An offer to whom?" action={<Button component={Link} to="/jobs?mine=true">My jobs</Button>}>
          Open one of your jobs and choose a proposal.
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
  const [card, setCard] = useState<ChosenCard>();
  const [judged, setJudged] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const check = checkOffer(draft, proposal);
  const { offer, declined } = useMakeOffer(check, card);
  const problem = offer.isError ? asProblem(offer.error) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setJudged(true);
    if (check.body && card) offer.mutate();
    else focusFirstError(form.current);
  };
  const change = (part: Partial<OfferDraft>): void => setDraft({ ...draft, ...part });
  if (!proposal.allowed_actions.includes("offer")) return <Gone proposal={proposal} />;
  return (
    <Page
      title={`Offer to ${proposal.contractor.name}`}
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
          <Policies draft={draft} change={change} />
          <section className="js-card" aria-labelledby="pay">
            <Title order={2} size="h3" id="pay" mb="xs">
              Reserve the money
            </Title>
            <PaymentCard
              card={card}
              onChoose={setCard}
              problem={declined ?? (judged && !card ? "No card is chosen." : undefined)}
            />
          </section>
          <Reassurance name={proposal.contractor.name} />
          {problem ? <Failed error={problem} /> : null}
          {problem?.code === "offer-already-live" ? (
            <Anchor component={Link} to="/offers">
              See the offer that is there
            </Anchor>
          ) : null}
          <Button type="submit" size="lg" loading={offer.isPending} fullWidth>
            {check.amount ? `Reserve ${formatMoney(check.amount)} and send` : "Reserve and send"}
          </Button>
        </Stack>
      </form>
    </Page>
  );
}

/** Send the offer with its card. A declined card ends that offer, so another card makes a new one with the same terms. */
function useMakeOffer(check: OfferCheck, card: ChosenCard | undefined) {
  const navigate = useNavigate();
  const [declined, setDeclined] = useState<string>();
  const offer = useVerb<void, Offer>(
    (_, key) => {
      setDeclined(undefined);
      return ask(offersCreate({ body: { ...check.body, payment_method: card?.token }, headers: withKey(key) }));
    },
    async (made) => {
      if (made.status !== "declined_by_gateway") return navigate({ to: `/offers/${made.id}`, replace: true });
      setDeclined(made.payment?.failure_message || made.closed_reason || "The card was declined.");
    },
  );
  return { offer, declined };
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
          What you offer
        </Title>
        <MoneyInput
          label="Amount"
          description={`They proposed ${formatMoney(price)}${kind === "hourly" ? " an hour; offer the whole amount" : ""}`}
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
            price={check.amount}
            judged={judged}
            onChange={(milestones) => change({ milestones })}
          />
        ) : null}
        <Textarea
          label="Message (optional)"
          maxLength={5000}
          minRows={2}
          value={draft.message}
          onChange={(event) => change({ message: event.currentTarget.value })}
        />
      </Stack>
    </section>
  );
}

function Policies({ draft, change }: Pick<TermsProps, "draft" | "change">) {
  return (
    <fieldset className={classes.policies}>
      <legend>If you cancel later</legend>
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

function Reassurance({ name }: { name: string }) {
  return (
    <ul className={classes.reassurance}>
      <li>Now your card is only reserved. {name} has three days to answer.</li>
      <li>If they say yes, the amount is taken and protected until you approve the work.</li>
      <li>If they say no, or you withdraw, the reservation is lifted.</li>
    </ul>
  );
}

function Gone({ proposal }: { proposal: Proposal }) {
  return (
    <Page title={`Offer to ${proposal.contractor.name}`} narrow>
      <Empty
        title="This proposal cannot be chosen any more"
        action={
          <Button component={Link} to={`/jobs/${proposal.job.id}`}>
            Back to the job
          </Button>
        }
      >
        It was withdrawn, declined, or the job went to somebody.
      </Empty>
    </Page>
  );
}
