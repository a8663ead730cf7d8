import { contractsList, offersList, type Contract, type Offer } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { actionWord } from "@jobsphere/domain/words";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Countdown } from "@/components/Countdown";
import { Face } from "@/components/Face";
import { Figure, Figures } from "@/components/Figure";
import { Row, Rows } from "@/components/Rows";
import { Section } from "@/components/Section";
import { Empty, Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { ask } from "@/lib/api";
import { currenciesOf, totalEarned, useEarnings } from "@/lib/earnings";
import { Onboarding } from "./Onboarding";
import { ReviewsToWrite } from "./ReviewsToWrite";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

const MOST = 100;

function useContractorWork() {
  const contracts = useQuery({
    queryKey: ["contracts", "contractor", "active"],
    queryFn: () => ask(contractsList({ query: { role: "contractor", status: "active", page_size: MOST } })),
  });
  const offers = useQuery({
    queryKey: ["offers", "contractor", "pending"],
    queryFn: () => ask(offersList({ query: { role: "contractor", status: "pending", page_size: MOST } })),
  });
  return { contracts, offers };
}

export function ContractorHome() {
  const { contracts, offers } = useContractorWork();
  const earnings = useEarnings();
  const failed = [contracts, offers, earnings].find((query) => query.isError);
  if (failed) return <Failed error={failed.error} retry={() => void failed.refetch()} />;
  const currency = currenciesOf(earnings.data ?? [])[0] ?? "USD";
  return (
    <>
      <Figures>
        <Figure
          label={t("Earned in all")}
          value={earnings.data ? formatMoney(totalEarned(earnings.data, currency)) : undefined}
          to="/wallet"
          strong
        />
        <Figure label={t("Open contracts")} value={contracts.data?.results.length} to="/contracts" />
        <Figure label={t("Offers waiting")} value={offers.data?.results.length} to="/offers" />
      </Figures>
      <Onboarding />
      {offers.data ? <WaitingOffers offers={offers.data.results} /> : <Loading rows={1} height={140} />}
      {contracts.data ? <NextSteps contracts={contracts.data.results} /> : <Loading rows={1} height={200} />}
      <ReviewsToWrite />
    </>
  );
}

function WaitingOffers({ offers }: { offers: Offer[] }) {
  if (offers.length === 0) return null;
  return (
    <Section title={t("Offers for you")} aside={<Link to="/offers">{t("All offers")}</Link>}>
      <Rows>
        {offers.map((offer) => (
          <Row
            key={offer.id}
            to={`/offers/${offer.id}`}
            mark={<Face name={offer.customer.name} id={offer.customer.id} />}
            title={offer.title}
            text={
              <>
                <Said text="{customer} · answer {countdown}" values={{ customer: offer.customer.name, countdown: <Countdown to={offer.expires_at} /> }} />
              </>
            }
            end={<strong className="js-number">{formatMoney(offer.amount, { short: true })}</strong>}
          />
        ))}
      </Rows>
    </Section>
  );
}

/** What a contractor can do on a milestone now; the server says it, in this order of urgency. */
const steps = ["submit", "start"] as const;

function nextStep(contract: Contract) {
  for (const step of steps) {
    const milestone = contract.milestones.find((each) => each.allowed_actions.includes(step));
    if (milestone) return { step, milestone };
  }
  return undefined;
}

const openMilestone = (contract: Contract) => contract.milestones.find((each) => each.closed_at === null);

/** What the contractor can do comes before what waits for the customer. */
const byUrgency = (contracts: Contract[]) =>
  contracts.toSorted((left, right) => Number(nextStep(right) !== undefined) - Number(nextStep(left) !== undefined));

function NextSteps({ contracts }: { contracts: Contract[] }) {
  if (contracts.length === 0) {
    return (
      <Empty
        title={t("No work under way")}
        action={
          <Button component={Link} to="/jobs">
            {t("Find jobs")}
          </Button>
        }
      >
        {t("Propose a price for a job; when the customer says yes, the money is protected before you begin.")}
      </Empty>
    );
  }
  return (
    <Section title={t("To do next")} aside={<Link to="/contracts">{t("All contracts")}</Link>}>
      <Rows>
        {byUrgency(contracts).map((contract) => {
          const next = nextStep(contract);
          return (
            <Row
              key={contract.id}
              to={`/contracts/${contract.id}`}
              mark={<Face name={contract.customer.name} id={contract.customer.id} />}
              title={next ? `${actionWord(next.step)}: ${next.milestone.title}` : contract.title}
              text={(next && next.milestone.title !== contract.title ? `${contract.title} · ` : "") + t("{customer} · {protected} protected", { customer: contract.customer.name, protected: formatMoney(contract.money.protected, { short: true }) })}
              under={<Status value={(next?.milestone ?? openMilestone(contract))?.status ?? contract.status} />}
            />
          );
        })}
      </Rows>
    </Section>
  );
}
