import {
  type Offer,
  offersAcceptCreate,
  offersPayCreate,
  offersRejectCreate,
  offersRetrieve,
  offersWithdrawCreate,
} from "@jobsphere/api-client";
import { Anchor, Button, Group, Loader, Stack, Text, Textarea, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { formatMoney } from "@jobsphere/domain/money";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Actions } from "@/components/Actions";
import { Countdown } from "@/components/Countdown";
import { Dialog } from "@/components/Dialog";
import { MoneyBar } from "@/components/MoneyBar";
import { Page } from "@/components/Page";
import { Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { useVerb } from "@/components/useVerb";
import { useAccount } from "@/lib/account";
import { ask, withKey } from "@/lib/api";
import classes from "./OfferPage.module.css";
import { draftName } from "./offerDraft";
import { waitingFor } from "./offerState";
import type { ChosenCard } from "./payment/form";
import { PaymentCard } from "./payment/PaymentCard";

/** An offer, as the customer who made it or the contractor who answers it sees it. */
export function OfferPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const offer = useQuery({
    queryKey: ["offers", id],
    queryFn: () => ask(offersRetrieve({ path: { offer_id: id } })),
    // While nobody knows what became of the money we keep asking; otherwise now and then.
    refetchInterval: ({ state }) => (state.data && waitingFor(state.data) === "bank" ? 2_500 : 20_000),
  });
  if (offer.data) return <OfferRead key={id} offer={offer.data} />;
  return (
    <Page title="Offer" narrow>
      {offer.isError ? <Failed error={offer.error} retry={() => void offer.refetch()} /> : <Loading rows={2} height={220} />}
    </Page>
  );
}

function OfferRead({ offer }: { offer: Offer }) {
  const me = useAccount().data?.id;
  const isCustomer = me === offer.customer.id;
  const other = isCustomer ? offer.contractor : offer.customer;
  useEffect(() => {
    // The reservation stands: what was typed for it is needed no more.
    if (offer.proposal_id && !["awaiting_payment", "declined_by_gateway"].includes(offer.status)) {
      localStorage.removeItem(`jobsphere.draft.${draftName(offer.proposal_id)}`);
    }
  }, [offer.proposal_id, offer.status]);
  return (
    <Page
      title={offer.title}
      lead={`${isCustomer ? "Your offer to" : "An offer from"} ${other.name}`}
      aside={<Status value={offer.status} />}
      narrow
    >
      {isCustomer ? <CustomerPart offer={offer} /> : <ContractorPart offer={offer} />}
      <TermsRead offer={offer} />
    </Page>
  );
}

function CustomerPart({ offer }: { offer: Offer }) {
  const waiting = waitingFor(offer);
  return (
    <>
      {waiting === "challenge" ? <AtTheBank offer={offer} /> : null}
      {waiting === "card" ? <ChooseCard offer={offer} /> : null}
      {waiting === "bank" ? <AskingTheBank offer={offer} /> : null}
      {offer.status === "pending" ? (
        <section className="js-card" aria-label="What happens next">
          <MoneyBar
            caption={`${formatMoney(offer.amount)} reserved on your card, not taken`}
            parts={[{ label: "reserved", money: offer.amount, tone: "waiting" }]}
          />
          <Text mt="sm">
            {offer.contractor.name} has not answered yet. The offer ends <Countdown to={offer.expires_at} />.
          </Text>
        </section>
      ) : null}
      {offer.status === "declined_by_gateway" ? <Declined offer={offer} /> : null}
      <Ended offer={offer} />
      <Withdraw offer={offer} />
    </>
  );
}

/** 3-D Secure: the bank has its own page; it sends the payer back to /payments/<id>. */
function AtTheBank({ offer }: { offer: Offer }) {
  const look = useLook(offer);
  const url = offer.payment?.action?.url ?? "";
  useEffect(() => {
    // Back with the browser's back button, or from another tab: see what became of it.
    const again = (): void => {
      if (document.visibilityState === "visible" && !look.isPending) look.mutate();
    };
    globalThis.addEventListener("pageshow", again);
    document.addEventListener("visibilitychange", again);
    return () => {
      globalThis.removeEventListener("pageshow", again);
      document.removeEventListener("visibilitychange", again);
    };
  }, [look]);
  return (
    <section className={`js-card ${classes.important}`} aria-labelledby="challenge">
      <Title order={2} size="h3" id="challenge">
        Your bank wants to know that it is you
      </Title>
      <Text mb="sm">
        Confirm {formatMoney(offer.amount)} on its page. Then you come back here, and {offer.contractor.name} sees the
        offer.
      </Text>
      {look.isError ? <Failed error={look.error} /> : null}
      <Group gap="sm">
        <Button component="a" href={url}>
          Confirm at the bank
        </Button>
        <Button variant="default" loading={look.isPending} onClick={() => look.mutate()}>
          I have confirmed
        </Button>
      </Group>
    </section>
  );
}

function ChooseCard({ offer }: { offer: Offer }) {
  const [card, setCard] = useState<ChosenCard>();
  const pay = useVerb<void>((_, key) =>
    ask(
      offersPayCreate({
        path: { offer_id: offer.id },
        body: { payment_method: card?.token },
        headers: withKey(key),
      }),
    ),
  );
  return (
    <section className="js-card" aria-label="Payment">
      <Stack>
        <PaymentCard card={card} onChoose={setCard} problem={offer.payment?.failure_message || undefined} />
        {pay.isError ? <Failed error={pay.error} /> : null}
        <Button disabled={!card} loading={pay.isPending} onClick={() => pay.mutate()}>
          Reserve {formatMoney(offer.amount)}
        </Button>
      </Stack>
    </section>
  );
}

/** Nobody knows yet: say so, and keep looking. Nothing here can charge twice. */
function AskingTheBank({ offer }: { offer: Offer }) {
  return (
    <section className={`js-card ${classes.important}`} role="status">
      <Group wrap="nowrap" align="flex-start">
        <Loader size="sm" mt={4} aria-hidden />
        <div>
          <Text fw={600}>We are asking the bank.</Text>
          <Text>
            Its answer about {formatMoney(offer.amount)} has not arrived. We keep asking and this page follows; you can
            also leave. Nothing is charged twice.
          </Text>
        </div>
      </Group>
    </section>
  );
}

function Declined({ offer }: { offer: Offer }) {
  return (
    <section className={`js-card ${classes.important}`} role="alert">
      <Text fw={600} c="var(--mantine-color-error)">
        {offer.payment?.failure_message || offer.closed_reason || "The card was declined."}
      </Text>
      <Text mb="sm">No money was taken, and {offer.contractor.name} has no open offer now. Your terms are kept.</Text>
      {offer.proposal_id ? (
        <Button component={Link} to="/offers/new" search={{ proposal: offer.proposal_id } as never}>
          Try another card
        </Button>
      ) : null}
    </section>
  );
}

function Withdraw({ offer }: { offer: Offer }) {
  const [asking, setAsking] = useState(false);
  const withdraw = useVerb(
    () => ask(offersWithdrawCreate({ path: { offer_id: offer.id }, body: {} })),
    () => setAsking(false),
  );
  return (
    <>
      <Actions
        allowed={offer.allowed_actions}
        offered={{ withdraw: { run: () => setAsking(true), label: "Withdraw the offer", danger: true } }}
      />
      {asking ? (
        <Dialog
          title="Withdraw this offer?"
          confirm="Withdraw"
          danger
          busy={withdraw.isPending}
          error={withdraw.error}
          onConfirm={() => withdraw.mutate()}
          onClose={() => setAsking(false)}
        >
          <Text>The reservation of {formatMoney(offer.amount)} on your card is lifted. Nothing was taken.</Text>
        </Dialog>
      ) : null}
    </>
  );
}

function ContractorPart({ offer }: { offer: Offer }) {
  const navigate = useNavigate();
  const [rejecting, setRejecting] = useState(false);
  const accept = useVerb<void, Offer>(
    (_, key) => ask(offersAcceptCreate({ path: { offer_id: offer.id }, headers: withKey(key) })),
    async (accepted) => {
      if (!accepted.contract_id) return;
      notifications.show({ message: `${formatMoney(offer.amount)} is protected now. You can begin.` });
      await navigate({ to: `/contracts/${accepted.contract_id}` });
    },
  );
  return (
    <>
      <section className="js-card" aria-label="What you earn">
        <Earning offer={offer} />
        {offer.status === "pending" ? (
          <Text my="sm">
            The offer ends <Countdown to={offer.expires_at} />. The customer&apos;s money is reserved already.
          </Text>
        ) : null}
        {accept.isError ? <Failed error={accept.error} /> : null}
        <Actions
          allowed={offer.allowed_actions}
          busy={accept.isPending ? "accept" : undefined}
          offered={{
            accept: { run: () => accept.mutate(), label: "Accept and begin" },
            reject: { run: () => setRejecting(true), danger: true },
          }}
        />
      </section>
      {offer.status === "accepting" ? <AskingTheBank offer={offer} /> : null}
      <Ended offer={offer} />
      {rejecting ? <Reject offer={offer} close={() => setRejecting(false)} /> : null}
    </>
  );
}

function Earning({ offer }: { offer: Offer }) {
  if (!offer.fees) return null;
  const { payout, platform_fee: platform, service_fee: service } = offer.fees;
  return (
    <>
      <Text className={classes.earn}>
        You earn <strong className="js-number">{formatMoney(payout)}</strong>
      </Text>
      <MoneyBar
        caption={`Of ${formatMoney(offer.amount)} that the customer pays`}
        parts={[
          { label: "for you", money: payout, tone: "protected" },
          { label: "service fee, as it is released", money: service, tone: "fees" },
          { label: "platform fee, at the start", money: platform, tone: "waiting" },
        ]}
      />
    </>
  );
}

function Reject({ offer, close }: { offer: Offer; close: () => void }) {
  const [reason, setReason] = useState("");
  const reject = useVerb(
    () => ask(offersRejectCreate({ path: { offer_id: offer.id }, body: { reason } })),
    close,
  );
  return (
    <Dialog
      title="Decline this offer?"
      confirm="Decline"
      danger
      busy={reject.isPending}
      error={reject.error}
      onConfirm={() => reject.mutate()}
      onClose={close}
    >
      <Text>{offer.customer.name} gets the reserved money back and can offer the job to somebody else.</Text>
      <Textarea label="Why (optional)" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </Dialog>
  );
}

function Ended({ offer }: { offer: Offer }) {
  if (offer.contract_id) {
    return (
      <Button component={Link} to={`/contracts/${offer.contract_id}`} style={{ alignSelf: "flex-start" }}>
        Open the job room
      </Button>
    );
  }
  if (!["rejected", "withdrawn", "expired"].includes(offer.status)) return null;
  return (
    <Text className="js-card">
      {offer.closed_reason ? `It ended: ${offer.closed_reason}` : "It ended without a contract."} The reserved money was
      given back.
    </Text>
  );
}

function TermsRead({ offer }: { offer: Offer }) {
  return (
    <section className="js-card" aria-labelledby="terms">
      <Stack gap="sm">
        <Title order={2} size="h4" id="terms">
          The terms
        </Title>
        <ul className={classes.parts}>
          {offer.milestones.map((part) => (
            <li key={part.id}>
              <span>{part.title}</span>
              <span className="js-number">{formatMoney(part.amount)}</span>
            </li>
          ))}
          <li className={classes.total}>
            <span>Together</span>
            <span className="js-number">{formatMoney(offer.amount)}</span>
          </li>
        </ul>
        {offer.message ? <Text className={classes.text}>{offer.message}</Text> : null}
        <Text size="sm">
          <strong>Cancelling ({offer.cancellation_policy}).</strong> {offer.cancellation_summary}
        </Text>
        <Anchor component={Link} to={`/jobs/${offer.job_id}`}>
          The job in full
        </Anchor>
      </Stack>
    </section>
  );
}

/** Ask the server what became of the payment at the bank. */
function useLook(offer: Offer) {
  return useVerb<void>((_, key) =>
    ask(offersPayCreate({ path: { offer_id: offer.id }, body: {}, headers: withKey(key) })),
  );
}
