import { type Contract, contractsDeliverablesList, contractsRetrieve } from "@jobsphere/api-client";
import { Anchor, Stack, Text, Title } from "@mantine/core";
import { formatMoney } from "@jobsphere/domain/money";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { moneyCaption, moneyParts } from "@/components/contractMoney";
import { MoneyBar } from "@/components/MoneyBar";
import { MoneyMini } from "@/components/MoneyMini";
import { Page } from "@/components/Page";
import { Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { useAccount } from "@/lib/account";
import { ask } from "@/lib/api";
import { formatDay } from "@/lib/time";
import { CancelContract } from "./CancelContract";
import { ContractActions } from "./ContractActions";
import classes from "./ContractPage.module.css";
import { MilestoneCard } from "./MilestoneCard";
import { TimeLog } from "./TimeLog";

/** The job room: the money on top, the work below it. */
export function ContractPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const contract = useQuery({
    queryKey: ["contracts", id],
    queryFn: () => ask(contractsRetrieve({ path: { contract_id: id } })),
    refetchInterval: 15_000,
  });
  if (contract.isPending) {
    return (
      <Page title="Job room">
        <Loading rows={3} height={180} />
      </Page>
    );
  }
  if (contract.isError && !contract.data) {
    return (
      <Page title="Job room">
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
          with {other.name} since {formatDay(contract.created_at)} ·{" "}
          <Anchor component={Link} to={`/jobs/${contract.job_id}`}>
            the job
          </Anchor>{" "}
          ·{" "}
          <Anchor component={Link} to={`/messages?contract=${contract.id}`}>
            messages
          </Anchor>
        </>
      }
      aside={<Status value={contract.status} />}
    >
      <MoneyLine contract={contract} />
      <section className="js-card" aria-labelledby="money">
        <Title order={2} size="h4" id="money" mb="xs">
          Where the money is
        </Title>
        <MoneyBar caption={moneyCaption(contract.money)} parts={moneyParts(contract.money)} />
        <Earnings contract={contract} />
      </section>
      <Notices contract={contract} />
      <ContractActions contract={contract} />
      <section aria-labelledby="milestones">
        <Title order={2} size="h3" id="milestones" mb="sm">
          {contract.milestones.length === 1 ? "The work" : "Milestones"}
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
      <TimeLog contract={contract} />
      <CancelContract contract={contract} />
    </Page>
  );
}

/** Stays in sight while the room scrolls. */
function MoneyLine({ contract }: { contract: Contract }) {
  return (
    <div className={classes.line}>
      <span>
        <strong className="js-number">{formatMoney(contract.money.protected)}</strong> protected
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
    ["In your wallet from this", formatMoney(fees.payout)],
    ["Still to come", formatMoney(expected.payout)],
    [
      "Fees, all in all",
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
          JobSphere has paused the money of this contract: {contract.hold_reason || "we are looking into it"}. Nothing
          is released or refunded meanwhile.
        </Text>
      ) : null}
      {contract.cancelled_at ? (
        <Text>
          Cancelled on {formatDay(contract.cancelled_at)}
          {contract.cancel_reason ? `: ${contract.cancel_reason}` : "."}
        </Text>
      ) : null}
    </Stack>
  );
}
