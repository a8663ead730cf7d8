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
import { FeesReason } from "@/components/fees/FeesReason";
import { MoneyBar } from "@/components/MoneyBar";
import { Page } from "@/components/Page";
import { Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { useVerb } from "@/components/useVerb";
import { useAccount } from "@/lib/account";
import { ask, withKey } from "@/lib/api";
import { usePolling } from "@/lib/live/live";
import { HourlyTerms } from "./HourlyTerms";
import classes from "./OfferPage.module.css";
import { draftName } from "./offerDraft";
import { waitingFor } from "./offerState";
import { PaymentCard } from "./payment/PaymentCard";
import { usePrepare } from "./payment/usePrepare";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

/** An offer, as the customer who made it or the contractor who answers it sees it. */
export function OfferPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const nowAndThen = usePolling(20_000);
  const offer = useQuery({
    queryKey: ["offers", id],
    queryFn: () => ask(offersRetrieve({ path: { offer_id: id } })),
    // While nobody knows what became of the money we keep asking; otherwise now and then.
    refetchInterval: ({ state }) => (state.data && waitingFor(state.data) === "bank" ? 2_500 : nowAndThen),
  });
  if (offer.data) return <OfferRead key={id} offer={offer.data} />;
  return (
    <Page title={t("Offer")} narrow>
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
      lead={t("{isCustomer, select, yes {Your offer to} other {An offer from}} {other}", { isCustomer: isCustomer ? "yes" : "other", other: other.name })}
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
        <section className="js-card" aria-label={t("What happens next")}>
          <MoneyBar
            caption={
              offer.payment?.detail === "prepaid"
                ? t("{dueNow} paid by you, kept for you until they agree", { dueNow: formatMoney(offer.due_now) })
                : t("{dueNow} reserved on your card, not taken", { dueNow: formatMoney(offer.due_now) })
            }
            parts={[{ label: offer.payment?.detail === "prepaid" ? t("kept") : t("reserved"), money: offer.due_now, tone: "waiting" }]}
          />
          <Text mt="sm">
            <Said text="{contractor} has not answered yet. The offer ends {countdown}." values={{ contractor: offer.contractor.name, countdown: <Countdown to={offer.expires_at} /> }} />
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
        {t("One more step, on a secure page")}
      </Title>
      <Text mb="sm">
        {t("There you confirm {dueNow}. Then you come back here, and {contractor} sees the offer.", { dueNow: formatMoney(offer.due_now), contractor: offer.contractor.name })}
      </Text>
      {look.isError ? <Failed error={look.error} /> : null}
      <Group gap="sm">
        <Button component="a" href={url}>
          {t("Go to the secure page")}
        </Button>
        <Button variant="default" loading={look.isPending} onClick={() => look.mutate()}>
          {t("I have confirmed")}
        </Button>
      </Group>
    </section>
  );
}

function ChooseCard({ offer }: { offer: Offer }) {
  const { prepare, onReady } = usePrepare();
  const [incomplete, setIncomplete] = useState<string>();
  const pay = useVerb<void>(async (_, key) => {
    setIncomplete(undefined);
    const card = await prepare().catch((missing: Error) => missing);
    if (card instanceof Error) return setIncomplete(card.message);
    await ask(
      offersPayCreate({
        path: { offer_id: offer.id },
        body: { payment_method: card.payment_method },
        headers: withKey(key),
      }),
    );
  });
  return (
    <section className="js-card" aria-label={t("Payment")}>
      <Stack>
        <PaymentCard
          amount={offer.due_now}
          gateway={offer.payment?.gateway}
          onReady={onReady}
          problem={offer.payment?.failure_message || undefined}
        />
        {incomplete ? (
          <Text role="alert" c="var(--mantine-color-error)">
            {incomplete}
          </Text>
        ) : null}
        {pay.isError ? <Failed error={pay.error} /> : null}
        <Button loading={pay.isPending} onClick={() => pay.mutate()}>
          {t("Reserve {dueNow}", { dueNow: formatMoney(offer.due_now) })}
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
          <Text fw={600}>{t("We are asking the bank.")}</Text>
          <Text>
            {t("Its answer about {dueNow} has not arrived. We keep asking and this page follows; you can also leave. Nothing is charged twice.", { dueNow: formatMoney(offer.due_now) })}
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
        {offer.payment?.failure_message || offer.closed_reason || t("The card was declined.")}
      </Text>
      <Text mb="sm">{t("No money was taken, and {contractor} has no open offer now. Your terms are kept.", { contractor: offer.contractor.name })}</Text>
      {offer.proposal_id ? (
        <Button component={Link} to="/offers/new" search={{ proposal: offer.proposal_id } as never}>
          {t("Try another card")}
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
        offered={{ withdraw: { run: () => setAsking(true), label: t("Withdraw the offer"), danger: true } }}
      />
      {asking ? (
        <Dialog
          title={t("Withdraw this offer?")}
          confirm={t("Withdraw")}
          danger
          busy={withdraw.isPending}
          error={withdraw.error}
          onConfirm={() => withdraw.mutate()}
          onClose={() => setAsking(false)}
        >
          <Text>
            {offer.payment?.detail === "prepaid"
              ? t("The {dueNow} that you paid go back to you, all of it.", { dueNow: formatMoney(offer.due_now) })
              : t("The reservation of {dueNow} on your card is lifted. Nothing was taken.", { dueNow: formatMoney(offer.due_now) })}
          </Text>
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
      notifications.show({ message: t("{dueNow} is protected now. You can begin.", { dueNow: formatMoney(offer.due_now) }) });
      await navigate({ to: `/contracts/${accepted.contract_id}` });
    },
  );
  return (
    <>
      <section className="js-card" aria-label={t("What you earn")}>
        <Earning offer={offer} />
        {offer.status === "pending" ? (
          <Text my="sm">
            <Said text="The offer ends {countdown}. The customer's money is reserved already." values={{ countdown: <Countdown to={offer.expires_at} /> }} />
          </Text>
        ) : null}
        {accept.isError ? <Failed error={accept.error} /> : null}
        <Actions
          allowed={offer.allowed_actions}
          busy={accept.isPending ? "accept" : undefined}
          offered={{
            accept: { run: () => accept.mutate(), label: t("Accept and begin") },
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
        <Said text="You earn <0>{payout}</0>" tags={[<strong className="js-number" />]} values={{ payout: formatMoney(payout) }} />
      </Text>
      <FeesReason fees={offer.fees} />
      <MoneyBar
        caption={t("Of {offer} that the customer pays", { offer: formatMoney(offer.amount) })}
        parts={[
          { label: t("for you"), money: payout, tone: "protected" },
          { label: t("service fee, as it is released"), money: service, tone: "fees" },
          { label: t("platform fee, at the start"), money: platform, tone: "waiting" },
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
      title={t("Decline this offer?")}
      confirm={t("Decline")}
      danger
      busy={reject.isPending}
      error={reject.error}
      onConfirm={() => reject.mutate()}
      onClose={close}
    >
      <Text>{t("{customer} gets the reserved money back and can offer the job to somebody else.", { customer: offer.customer.name })}</Text>
      <Textarea label={t("Why (optional)")} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </Dialog>
  );
}

function Ended({ offer }: { offer: Offer }) {
  if (offer.contract_id) {
    return (
      <Button component={Link} to={`/contracts/${offer.contract_id}`} style={{ alignSelf: "flex-start" }}>
        {t("Open the job room")}
      </Button>
    );
  }
  if (!["rejected", "withdrawn", "expired"].includes(offer.status)) return null;
  return (
    <Text className="js-card">
      {`${offer.closed_reason ? t("It ended: {closedReason}", { closedReason: offer.closed_reason }) : t("It ended without a contract.")} ${t("The reserved money was given back.")}`}
    </Text>
  );
}

function TermsRead({ offer }: { offer: Offer }) {
  return (
    <section className="js-card" aria-labelledby="terms">
      <Stack gap="sm">
        <Title order={2} size="h4" id="terms">
          {t("The terms")}
        </Title>
        <ul className={classes.parts}>
          {offer.milestones.map((part) => (
            <li key={part.id}>
              <span>{part.title}</span>
              <span className="js-number">{formatMoney(part.amount)}</span>
            </li>
          ))}
          <li className={classes.total}>
            <span>{t("Together")}</span>
            <span className="js-number">{formatMoney(offer.amount)}</span>
          </li>
        </ul>
        <HourlyTerms offer={offer} />
        <Text size="sm">
          <strong>{t("Paying.")}</strong> {FUNDING[offer.funding](formatMoney(offer.due_now))}
        </Text>
        {offer.expense_cap ? (
          <Text size="sm">
            <strong>{t("Expenses.")}</strong>{" "}
            {t("Up to {cap} on top of the amount, claimed with a receipt and paid then. Nothing of it is reserved now.", { cap: formatMoney(offer.expense_cap) })}
          </Text>
        ) : null}
        {offer.message ? <Text className={classes.text}>{offer.message}</Text> : null}
        <Text size="sm">
          <strong>{t("Cancelling ({cancellationPolicy}).", { cancellationPolicy: offer.cancellation_policy })}</strong> {offer.cancellation_summary}
        </Text>
        <Anchor component={Link} to={`/jobs/${offer.job_id}`}>
          {t("The job in full")}
        </Anchor>
      </Stack>
    </section>
  );
}

/** When what is paid, for both. */
const FUNDING: Record<Offer["funding"], (now: string) => string> = {
  upfront: (now) => t("All of it, {now}, is taken when the offer is accepted, and protected until the work is approved.", { now }),
  by_milestone: (now) =>
    t("{now} for the first milestone is taken when the offer is accepted. Each other one is paid in before its work starts.", { now }),
  deposit: (now) =>
    t("A deposit of {now} is taken when the offer is accepted. The balance is paid in before its work starts.", { now }),
  weekly: (now) =>
    t("By the hour: {now} for the first week is taken when the offer is accepted, each later week is paid in before it starts. What is not worked goes back.", { now }),
};

/** Ask the server what became of the payment at the bank. */
function useLook(offer: Offer) {
  return useVerb<void>((_, key) =>
    ask(offersPayCreate({ path: { offer_id: offer.id }, body: {}, headers: withKey(key) })),
  );
}
