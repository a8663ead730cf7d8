import { type Contract, contractsRetrieve, paymentsConfirmCreate, paymentsCreateIntentCreate, paymentsRetrieve } from "@jobsphere/api-client";
import { Anchor, Button, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { formatMoney } from "@jobsphere/domain/money";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { Page } from "@/components/Page";
import { Empty, Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import classes from "./OfferPage.module.css";
import { type Due, dueOf } from "./payment/dues";
import { PayBy } from "./payment/PayBy";
import { rememberRoom } from "./payment/room";
import { usePrepare } from "./payment/usePrepare";
import { t } from "@jobsphere/domain/text";

/** Pay something of a running contract: the same form, bank and care as for an offer. */
export function PayPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { due: dueId } = useSearch({ strict: false }) as { due?: string };
  const contract = useQuery({
    queryKey: ["contracts", id],
    queryFn: () => ask(contractsRetrieve({ path: { contract_id: id } })),
  });
  const due = contract.data ? dueOf(contract.data, dueId ?? "") : undefined;
  if (contract.data && due) return <Pay key={due.id} contract={contract.data} due={due} />;
  return (
    <Page title={t("Pay")} narrow>
      {contract.isError ? (
        <Failed error={contract.error} retry={() => void contract.refetch()} />
      ) : contract.data ? (
        <Empty title={t("There is nothing to pay here")} action={<BackToRoom id={id} />}>
          {t("It was paid, changed or removed meanwhile.")}
        </Empty>
      ) : (
        <Loading rows={2} height={220} />
      )}
    </Page>
  );
}

function Pay({ contract, due }: { contract: Contract; due: Due }) {
  const payment = useQuery({
    queryKey: ["payments", due.paymentId],
    queryFn: () => ask(paymentsRetrieve({ path: { payment_id: due.paymentId ?? "" } })),
    enabled: due.paymentId !== null && due.payable,
    // While nobody knows what became of the money we keep asking.
    refetchInterval: ({ state }) => (state.data?.status === "pending" && !state.data.action ? 2_500 : false),
  });
  const open = payment.data?.status === "pending" ? payment.data : undefined;
  return (
    <Page
      title={t("Pay {due}", { due: formatMoney(due.amount) })}
      lead={
        <>
          {due.title} ·{" "}
          <Anchor component={Link} to={`/contracts/${contract.id}`}>
            {contract.title}
          </Anchor>
        </>
      }
      narrow
    >
      {!due.payable ? (
        <Empty title={t("Nothing to pay any more")} action={<BackToRoom id={contract.id} />}>
          {t("It is paid, or it changed meanwhile. The job room shows where it stands.")}
        </Empty>
      ) : due.paymentId !== null && payment.isPending ? (
        <Loading rows={1} height={220} />
      ) : open?.action?.url ? (
        <AtTheBank paymentId={open.id} url={open.action.url} due={due} contract={contract} />
      ) : open && !open.action ? (
        <AskingTheBank due={due} />
      ) : (
        <Card contract={contract} due={due} gateway={open?.gateway} />
      )}
    </Page>
  );
}

function Card({ contract, due, gateway }: { contract: Contract; due: Due; gateway: string | undefined }) {
  const navigate = useNavigate();
  const { prepare, onReady } = usePrepare();
  const [problem, setProblem] = useState<{ declined?: string; incomplete?: string }>({});
  // Whether a card was named; without one the gateway's own page asks how to pay.
  const named = useRef(false);
  const pay = useVerb(
    async (_: void, key) => {
      setProblem({});
      const card = await prepare().catch((missing: Error) => missing);
      if (card instanceof Error) {
        setProblem({ incomplete: card.message });
        return undefined;
      }
      named.current = card.payment_method !== undefined;
      const purpose = { type: due.type, id: due.id };
      return ask(paymentsCreateIntentCreate({ body: { purpose, ...card }, headers: withKey(key) }));
    },
    async (made) => {
      if (!made) return;
      rememberRoom(made.id, contract.id);
      if (made.action?.url && !named.current) return globalThis.location.assign(made.action.url);
      if (made.status === "failed") return setProblem({ declined: made.failure?.message || t("The card was declined.") });
      if (made.status === "pending") return;
      notifications.show({ message: t("{due} is paid.", { due: formatMoney(due.amount) }) });
      await navigate({ to: `/contracts/${contract.id}` });
    },
  );
  return (
    <section className="js-card" aria-label={t("Payment")}>
      <Stack>
        <PayBy amount={due.amount} gateway={gateway} onReady={onReady} problem={problem.declined} />
        {problem.incomplete ? (
          <Text role="alert" c="var(--mantine-color-error)">
            {problem.incomplete}
          </Text>
        ) : null}
        {pay.isError ? <Failed error={pay.error} /> : null}
        <Text size="sm" c="dimmed">
          {due.promise}
        </Text>
        <Button size="lg" loading={pay.isPending} onClick={() => pay.mutate()} fullWidth>
          {t("Pay {due}", { due: formatMoney(due.amount) })}
        </Button>
      </Stack>
    </section>
  );
}

/** 3-D Secure: the bank has its own page; it sends the payer back to /payments/<id>. */
function AtTheBank({ paymentId, url, due, contract }: { paymentId: string; url: string; due: Due; contract: Contract }) {
  const look = useVerb<void>((_, key) =>
    ask(paymentsConfirmCreate({ body: { payment: paymentId }, headers: withKey(key) })),
  );
  return (
    <section className={`js-card ${classes.important}`} aria-labelledby="challenge">
      <Title order={2} size="h3" id="challenge">
        {t("One more step, on a secure page")}
      </Title>
      <Text mb="sm">{t("There you confirm {due}. Then you come back to the job room.", { due: formatMoney(due.amount) })}</Text>
      {look.isError ? <Failed error={look.error} /> : null}
      <Group gap="sm">
        <Button component="a" href={url} onClick={() => rememberRoom(paymentId, contract.id)}>
          {t("Go to the secure page")}
        </Button>
        <Button variant="default" loading={look.isPending} onClick={() => look.mutate()}>
          {t("I have confirmed")}
        </Button>
      </Group>
    </section>
  );
}

/** Nobody knows yet: say so, and keep looking. Nothing here can charge twice. */
function AskingTheBank({ due }: { due: Due }) {
  return (
    <section className={`js-card ${classes.important}`} role="status">
      <Group wrap="nowrap" align="flex-start">
        <Loader size="sm" mt={4} aria-hidden />
        <div>
          <Text fw={600}>{t("We are asking the bank.")}</Text>
          <Text>
            {t("Its answer about {due} has not arrived. We keep asking and this page follows; you can also leave. Nothing is charged twice.", { due: formatMoney(due.amount) })}
          </Text>
        </div>
      </Group>
    </section>
  );
}

function BackToRoom({ id }: { id: string }) {
  return (
    <Button component={Link} to={`/contracts/${id}`}>
      {t("Open the job room")}
    </Button>
  );
}
