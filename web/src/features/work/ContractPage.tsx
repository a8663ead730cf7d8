import { type Contract, contractsDeliverablesList, contractsRetrieve } from "@jobsphere/api-client";
import { Anchor, Stack, Text, Title } from "@mantine/core";
import { formatMoney } from "@jobsphere/domain/money";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { BookingCard } from "@/components/bookings/BookingCard";
import { RepeatLink } from "@/components/bookings/RepeatLink";
import { moneyCaption, moneyParts } from "@/components/contractMoney";
import { MoneyBar } from "@/components/MoneyBar";
import { MoneyMini } from "@/components/MoneyMini";
import { Page } from "@/components/Page";
import { Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { useAccount } from "@/lib/account";
import { ask } from "@/lib/api";
import { usePolling } from "@/lib/live/live";
import { formatDay } from "@/lib/time";
import { CancelContract } from "./CancelContract";
import { ChangeOrderCard } from "./ChangeOrderCard";
import { ContractActions } from "./ContractActions";
import classes from "./ContractPage.module.css";
import { ContractDocuments } from "./ContractDocuments";
import { ContractReviews } from "./ContractReviews";
import { Expenses } from "./Expenses";
import { MilestoneCard } from "./MilestoneCard";
import { ProposeChange } from "./ProposeChange";
import { HoursCard } from "./hours/HoursCard";
import { TimeLog } from "./TimeLog";
import { Tips } from "./Tips";
import { Whereabouts } from "./Whereabouts";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

/** The job room: the money on top, the work below it. */
export function ContractPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const refetchInterval = usePolling(15_000);
  const contract = useQuery({
    queryKey: ["contracts", id],
    queryFn: () => ask(contractsRetrieve({ path: { contract_id: id } })),
    refetchInterval,
  });
  if (contract.isPending) {
    return (
      <Page title={t("Job room")}>
        <Loading rows={3} height={180} />
      </Page>
    );
  }
  if (contract.isError && !contract.data) {
    return (
      <Page title={t("Job room")}>
        <Failed error={contract.error} retry={() => void contract.refetch()} />
      </Page>
    );
  }
  return <Room contract={contract.data} />;
}

function Room({ contract }: { contract: Contract }) {
  const me = useAccount().data?.id;
  const other = contract.customer.id === me ? contract.contractor : contract.customer;
  const deliverables = useQuery({
    queryKey: ["contracts", contract.id, "deliverables"],
    queryFn: () => ask(contractsDeliverablesList({ path: { contract_id: contract.id }, query: { page_size: 100 } })),
  });
  return (
    <Page
      title={contract.title}
      lead={
        <>
          <Said text="with {other} since {day} · <0>the job</0> · <1>messages</1>" tags={[<Anchor component={Link} to={`/jobs/${contract.job_id}`} />, <Anchor component={Link} to={contract.conversation_id ? `/messages/${contract.conversation_id}` : "/messages"} />]} values={{ other: other.name, day: formatDay(contract.created_at) }} />
        </>
      }
      aside={<Status value={contract.status} />}
    >
      <MoneyLine contract={contract} />
      <section className="js-card" aria-labelledby="money">
        <Title order={2} size="h4" id="money" mb="xs">
          {t("Where the money is")}
        </Title>
        <MoneyBar caption={moneyCaption(contract.money)} parts={moneyParts(contract.money)} />
        <Earnings contract={contract} />
      </section>
      <Notices contract={contract} />
      {contract.change_order ? <ChangeOrderCard contract={contract} order={contract.change_order} /> : null}
      <BookingCard contractId={contract.id} />
      <HoursCard contract={contract} />
      <RepeatLink contract={contract} />
      <Whereabouts contract={contract} />
      <ContractActions contract={contract} />
      <section aria-labelledby="milestones">
        <Title order={2} size="h3" id="milestones" mb="sm">
          {t("{count, plural, one {The work} other {Milestones}}", { count: contract.milestones.length })}
        </Title>
        {deliverables.isError ? <Failed error={deliverables.error} retry={() => void deliverables.refetch()} /> : null}
        <ol className={classes.timeline}>
          {contract.milestones.map((milestone) => (
            <li key={milestone.id} className={classes.step} data-status={milestone.status}>
              <MilestoneCard
                contract={contract}
                milestone={milestone}
                deliverables={deliverables.data?.results.filter((each) => each.milestone_id === milestone.id) ?? []}
              />
            </li>
          ))}
        </ol>
      </section>
      <ProposeChange contract={contract} />
      <Expenses contract={contract} />
      <Tips contract={contract} />
      <ContractReviews contract={contract} />
      <ContractDocuments contract={contract} />
      {contract.funding === "weekly" ? null : <TimeLog contract={contract} />}
      <CancelContract contract={contract} />
    </Page>
  );
}

/** Stays in sight while the room scrolls. */
function MoneyLine({ contract }: { contract: Contract }) {
  return (
    <div className={classes.line}>
      <span>
        <Said text="<0>{protected}</0> protected" tags={[<strong className="js-number" />]} values={{ protected: formatMoney(contract.money.protected) }} />
      </span>
      <MoneyMini parts={moneyParts(contract.money)} />
    </div>
  );
}

/** What the contractor earns of it; the customer is not told about fees. */
function Earnings({ contract }: { contract: Contract }) {
  const { fees, expected } = contract.money;
  if (!fees || !expected) return null;
  const lines: [string, string][] = [
    [t("In your wallet from this"), formatMoney(fees.payout)],
    [t("Still to come"), formatMoney(expected.payout)],
    [
      t("Fees, all in all"),
      formatMoney({
        amount:
          fees.platform_fee.amount +
          fees.service_fee.amount +
          expected.platform_fee.amount +
          expected.service_fee.amount,
        currency: expected.payout.currency,
      }),
    ],
  ];
  return (
    <dl className={classes.figures}>
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="js-number">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Notices({ contract }: { contract: Contract }) {
  if (!contract.held_at && !contract.cancelled_at) return null;
  return (
    <Stack className="js-card" gap="xs" role="note">
      {contract.held_at ? (
        <Text fw={600}>
          {t("JobSphere has paused the money of this contract: {holdReason}. Nothing is released or refunded meanwhile.", { holdReason: contract.hold_reason || t("we are looking into it") })}
        </Text>
      ) : null}
      {contract.cancelled_at ? (
        <Text>
          {t("Cancelled on {day}", { day: formatDay(contract.cancelled_at) })}{contract.cancel_reason ? `: ${contract.cancel_reason}` : "."}
        </Text>
      ) : null}
    </Stack>
  );
}
