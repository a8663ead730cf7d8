import { contractsList, jobsList, offersList, proposalsList, repeatsList, type Contract, type Offer, type Proposal, type Repeat } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { Face } from "@/components/Face";
import { Figure, Figures } from "@/components/Figure";
import { Row, Rows } from "@/components/Rows";
import { Section } from "@/components/Section";
import { Empty, Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { ask } from "@/lib/api";
import { everyRow } from "@/lib/pages";
import { formatAgo } from "@/lib/time";
import { countRequests } from "./counts";
import { ReviewsToWrite } from "./ReviewsToWrite";
import { t, tc } from "@jobsphere/domain/text";

const MOST = 100;

export function CustomerHome() {
  const jobs = useQuery({
    queryKey: ["jobs", "mine", "all"],
    queryFn: () => everyRow((cursor) => ask(jobsList({ query: { mine: true, cursor, page_size: MOST } }))),
  });
  if (jobs.isError) return <Failed error={jobs.error} retry={() => void jobs.refetch()} />;
  const counts = jobs.data ? countRequests(jobs.data.map((job) => job.status)) : undefined;
  return (
    <>
      <Figures>
        <Figure label={t("Requests in all")} value={counts?.total} to="/jobs" search={{ mine: true }} />
        <Figure label={t("Pending")} value={counts?.pending} strong />
        <Figure label={t("Completed")} value={counts?.completed} />
      </Figures>
      <NeedsYourWord />
      <ReviewsToWrite />
      <RunningContracts />
    </>
  );
}

function useCustomerWork() {
  const contracts = useQuery({
    queryKey: ["contracts", "customer", "active"],
    queryFn: () => ask(contractsList({ query: { role: "customer", status: "active", page_size: MOST } })),
  });
  const proposals = useQuery({
    queryKey: ["proposals", "customer", "pending"],
    queryFn: () => ask(proposalsList({ query: { role: "customer", status: "pending", page_size: MOST } })),
  });
  const offers = useQuery({
    queryKey: ["offers", "customer", "awaiting_payment"],
    queryFn: () => ask(offersList({ query: { role: "customer", status: "awaiting_payment", page_size: MOST } })),
  });
  const repeats = useQuery({
    queryKey: ["repeats", "live"],
    queryFn: () => ask(repeatsList({ query: { live: true, page_size: MOST } })),
  });
  return { contracts, proposals, offers, repeats };
}

function NeedsYourWord() {
  const { contracts, proposals, offers, repeats } = useCustomerWork();
  const failed = [contracts, proposals, offers, repeats].find((query) => query.isError);
  if (failed) return <Failed error={failed.error} retry={() => void failed.refetch()} />;
  if (!contracts.data || !proposals.data || !offers.data || !repeats.data) return <Loading rows={1} height={200} />;
  const unpaid = offers.data.results.filter((offer) => offer.allowed_actions.includes("pay"));
  const toRelease = contracts.data.results.filter((contract) => waiting(contract).length > 0);
  const toRead = byJob(proposals.data.results.filter((proposal) => proposal.job.status === "open"));
  const rows = [
    ...repeats.data.results.filter((each) => each.needs_customer).map((each) => <UnpaidDate key={each.id} repeat={each} />),
    ...unpaid.map((offer) => <UnpaidOffer key={offer.id} offer={offer} />),
    ...toRelease.map((contract) => <Approval key={contract.id} contract={contract} />),
    ...toRead.map((group) => <ProposalsToRead key={group[0]?.job.id} group={group} />),
  ];
  return (
    <Section title={t("Needs your word")}>
      {rows.length === 0 ? (
        <Empty title={t("All clear")} action={<PostJob />}>
          {t("Nothing waits for you. Proposals to read and work to approve will stand here.")}
        </Empty>
      ) : (
        <ShortRows rows={rows} />
      )}
    </Section>
  );
}

const FIRST = 6;

function ShortRows({ rows }: { rows: ReactNode[] }) {
  const [all, setAll] = useState(false);
  return (
    <>
      <Rows label={t("Needs your word")}>{all ? rows : rows.slice(0, FIRST)}</Rows>
      {all || rows.length <= FIRST ? null : (
        <Button variant="default" onClick={() => setAll(true)}>
          {t("Show all {count}", { count: rows.length })}
        </Button>
      )}
    </>
  );
}

const waiting = (contract: Contract) =>
  contract.milestones.filter((milestone) => milestone.status === "submitted" && milestone.allowed_actions.includes("release"));

function byJob(proposals: Proposal[]): Proposal[][] {
  const groups = new Map<string, Proposal[]>();
  for (const proposal of proposals) {
    groups.set(proposal.job.id, [...(groups.get(proposal.job.id) ?? []), proposal]);
  }
  return [...groups.values()];
}

function UnpaidDate({ repeat }: { repeat: Repeat }) {
  return (
    <Row
      to={`/repeats/${repeat.id}`}
      mark={<Face name={repeat.contractor.name} id={repeat.contractor.id} />}
      title={t("Pay the next date of “{title}”", { title: repeat.title })}
      text={t("Your card could not be charged while you were away")}
      end={<strong className="js-number">{formatMoney(repeat.price, { short: true })}</strong>}
    />
  );
}

function UnpaidOffer({ offer }: { offer: Offer }) {
  return (
    <Row
      to={`/offers/${offer.id}`}
      mark={<Face name={offer.contractor.name} id={offer.contractor.id} />}
      title={t("Finish the payment for “{title}”", { title: offer.title })}
      text={t("{contractor} sees your offer once the card is reserved", { contractor: offer.contractor.name })}
      end={<strong className="js-number">{formatMoney(offer.amount, { short: true })}</strong>}
    />
  );
}

function Approval({ contract }: { contract: Contract }) {
  const milestones = waiting(contract);
  const soonest = milestones.map((milestone) => milestone.auto_release_at).filter((at) => at !== null).sort()[0];
  return (
    <Row
      to={`/contracts/${contract.id}`}
      mark={<Face name={contract.contractor.name} id={contract.contractor.id} />}
      title={t("{contractor} handed in “{title}”", { contractor: contract.contractor.name, title: milestones[0]?.title ?? "" })}
      text={soonest ? t("Released by itself {ago}, unless you say otherwise", { ago: formatAgo(soonest) }) : contract.title}
      end={<strong className="js-number">{milestones[0] ? formatMoney(milestones[0].amount, { short: true }) : null}</strong>}
    />
  );
}

function ProposalsToRead({ group }: { group: Proposal[] }) {
  const [first] = group;
  if (!first) return null;
  const prices = group.map((proposal) => proposal.price).sort((left, right) => left.amount - right.amount);
  return (
    <Row
      to={`/jobs/${first.job.id}`}
      mark={<Face name={first.contractor.name} id={first.contractor.id} />}
      title={t("{count, plural, one {A proposal} other {# proposals}} for “{title}”", { count: group.length, title: first.job.title })}
      text={group.map((proposal) => proposal.contractor.name).join(", ")}
      end={
        <span className="js-number">
          {prices.length > 1 ? `${tc("price", "from")} ` : ""}
          <strong>{prices[0] ? formatMoney(prices[0], { short: true }) : ""}</strong>
        </span>
      }
    />
  );
}

function PostJob() {
  return (
    <Button component={Link} to="/jobs/new">
      {t("Post a job")}
    </Button>
  );
}

function RunningContracts() {
  const { contracts } = useCustomerWork();
  const running = contracts.data?.results.filter((contract) => waiting(contract).length === 0) ?? [];
  if (running.length === 0) return null;
  return (
    <Section title={t("Work under way")} aside={<Link to="/contracts">{t("All contracts")}</Link>}>
      <Rows>
        {running.slice(0, 5).map((contract) => (
          <Row
            key={contract.id}
            to={`/contracts/${contract.id}`}
            mark={<Face name={contract.contractor.name} id={contract.contractor.id} />}
            title={contract.title}
            text={t("{contractor} · {protected} protected", { contractor: contract.contractor.name, protected: formatMoney(contract.money.protected, { short: true }) })}
            under={<Status value={contract.milestones.find((each) => each.closed_at === null)?.status ?? contract.status} />}
          />
        ))}
      </Rows>
    </Section>
  );
}
