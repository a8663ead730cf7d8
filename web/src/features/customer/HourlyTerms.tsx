import { hourlyDealsList, type Offer } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Failed } from "@/components/States";
import { ask } from "@/lib/api";

/** What an offer by the hour says, to both before anybody accepts. */
export function HourlyTerms({ offer }: { offer: Offer }) {
  const found = useQuery({
    queryKey: ["hours", "offer", offer.id],
    queryFn: async () => (await ask(hourlyDealsList({ query: { offer_id: offer.id, page_size: 1 } }))).results[0] ?? null,
    enabled: offer.funding === "weekly",
  });
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const deal = found.data;
  if (!deal) return null;
  const values = {
    rate: formatMoney(deal.rate),
    cap: Math.round(deal.weekly_cap_minutes / 6) / 10,
    zone: deal.time_zone,
  };
  return (
    <Text>
      {t("{rate} an hour, for at most {cap} hours a week. Weeks begin on Monday in {zone}.", values)}{" "}
      {deal.weeks === null
        ? t("It goes on until one of you ends it.")
        : t("{weeks, plural, one {It is for one week.} other {It is for {weeks} weeks.}}", { weeks: deal.weeks })}
    </Text>
  );
}
