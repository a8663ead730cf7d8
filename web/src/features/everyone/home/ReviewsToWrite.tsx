import { reviewsRoundsList } from "@jobsphere/api-client";
import { useQuery } from "@tanstack/react-query";
import { Face } from "@/components/Face";
import { Row, Rows } from "@/components/Rows";
import { Section } from "@/components/Section";
import { ask } from "@/lib/api";
import { formatDay } from "@/lib/time";
import { t } from "@jobsphere/domain/text";

const MOST = 5;

/** Finished work that waits for a word; nothing is drawn where nothing waits. */
export function ReviewsToWrite() {
  const rounds = useQuery({
    queryKey: ["reviews", "rounds", "open"],
    queryFn: () => ask(reviewsRoundsList({ query: { open: true, page_size: MOST } })),
  });
  if (!rounds.data?.results.length) return null;
  return (
    <Section title={t("How was it?")}>
      <Rows label={t("Work to review")}>
        {rounds.data.results.map((round) => (
          <Row
            key={round.contract_id}
            to={`/contracts/${round.contract_id}`}
            mark={<Face name={round.other?.name ?? "?"} />}
            title={t("Review {other}", { other: round.other?.name ?? t("the other side") })}
            text={t("{title} · until {day}", { title: round.title, day: formatDay(round.closes_at) })}
          />
        ))}
      </Rows>
    </Section>
  );
}
