import { type Offer, offersList } from "@jobsphere/api-client";
import { Button, Stack } from "@mantine/core";
import { formatMoney } from "@jobsphere/domain/money";
import { Link } from "@tanstack/react-router";
import { LoadMore, usePages } from "@/components/pages";
import { Page } from "@/components/Page";
import { Empty, Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { useAccount, useRole } from "@/lib/account";
import { ask } from "@/lib/api";
import { formatAgo } from "@/lib/time";
import classes from "./OffersPage.module.css";
import { t } from "@jobsphere/domain/text";

/** Offers that I made or received, the newest first. */
export function OffersPage() {
  const role = useRole();
  const offers = usePages(["offers", "list"], (cursor) => ask(offersList({ query: { cursor, page_size: 20 } })));
  return (
    <Page title={t("Offers")} lead={role.contractor ? t("What customers offer you, and what you offered.") : t("What you offered, and what became of it.")}>
      {offers.isPending ? <Loading rows={4} height={92} /> : null}
      {offers.isError ? <Failed error={offers.error} retry={() => void offers.refetch()} /> : null}
      {offers.rows?.length === 0 ? (
        <Empty
          title={t("No offers yet")}
          action={
            <Button component={Link} to={role.contractor ? "/jobs" : "/jobs?mine=true"}>
              {role.contractor ? t("Find work") : t("My jobs")}
            </Button>
          }
        >
          {role.contractor ? t("Propose a price for a job; the customer answers with an offer.") : t("Choose a proposal for one of your jobs.")}
        </Empty>
      ) : null}
      <Stack component="ul" gap="sm" className={classes.list}>
        {offers.rows?.map((offer) => (
          <li key={offer.id}>
            <OfferLink offer={offer} />
          </li>
        ))}
      </Stack>
      <LoadMore {...offers} />
    </Page>
  );
}

function OfferLink({ offer }: { offer: Offer }) {
  const isCustomer = useAccount().data?.id === offer.customer.id;
  const facts = [
    isCustomer ? t("to {contractor}", { contractor: offer.contractor.name }) : t("from {customer}", { customer: offer.customer.name }),
    offer.status === "pending" ? t("answer {ago}", { ago: formatAgo(offer.expires_at) }) : formatAgo(offer.closed_at ?? offer.created_at),
    offer.fees ? t("you earn {payout}", { payout: formatMoney(offer.fees.payout) }) : undefined,
  ];
  return (
    <Link to={`/offers/${offer.id}`} className={classes.card}>
      <span className={classes.top}>
        <strong className={classes.title}>{offer.title}</strong>
        <Status value={offer.status} />
      </span>
      <span className={classes.facts}>
        <strong className="js-number">{formatMoney(offer.amount)}</strong> {facts.filter(Boolean).join(" · ")}
      </span>
    </Link>
  );
}
