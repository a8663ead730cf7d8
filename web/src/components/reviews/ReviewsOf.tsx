import {
  contractorsReviewsList,
  contractorsStarsRetrieve,
  customersReviewsList,
  customersStarsRetrieve,
  type PublicReview,
} from "@jobsphere/api-client";
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { LoadMore, usePages } from "@/components/pages";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { formatDay } from "@/lib/time";
import classes from "./ReviewsOf.module.css";
import { StarRow } from "./Stars";
import { formatNumber, t } from "@jobsphere/domain/text";

export type ReviewedAs = "contractor" | "customer";

const CALLS = {
  contractor: { list: contractorsReviewsList, stars: contractorsStarsRetrieve },
  customer: { list: customersReviewsList, stars: customersStarsRetrieve },
} as const;

/** How somebody's stars are spread, and what people wrote. */
export function ReviewsOf({ personId, role }: { personId: string; role: ReviewedAs }) {
  const stars = useStars(personId, role);
  const reviews = usePages<PublicReview>(["reviews", role, personId], (cursor) =>
    ask(CALLS[role].list({ path: { person_id: personId }, query: { cursor, page_size: 10 } })),
  );
  const failed = [stars, reviews].find((query) => query.isError);
  if (failed) return <Failed error={failed.error} retry={() => void failed.refetch()} />;
  if (!stars.data || !reviews.rows) return <Loading rows={1} height={160} />;
  if (stars.data.count === 0) {
    return <Text c="dimmed">{t("No reviews yet. They are written by both sides after a job that was paid here.")}</Text>;
  }
  return (
    <>
      <Spread average={stars.data.average ?? 0} count={stars.data.count} stars={stars.data.stars} />
      <ul className={classes.reviews} aria-label={t("Reviews")}>
        {reviews.rows.map((review) => (
          <li key={review.id}>
            <OneReview review={review} />
          </li>
        ))}
      </ul>
      <LoadMore {...reviews} />
    </>
  );
}

/** The mean and the number of somebody's published stars. */
export function useStars(personId: string, role: ReviewedAs, enabled = true) {
  return useQuery({
    queryKey: ["stars", role, personId],
    queryFn: () => ask(CALLS[role].stars({ path: { person_id: personId } })),
    enabled,
  });
}

/** The mean beside a bar for each number of stars; a table for those who listen. */
function Spread({ average, count, stars }: { average: number; count: number; stars: Record<string, number> }) {
  return (
    <div className={classes.spread}>
      <p className={classes.mean}>
        <strong className="js-number">{formatNumber(average, { minimumFractionDigits: 1, maximumFractionDigits: 1 })}</strong>
        <StarRow rating={average} />
        <span>
          {t("{count, plural, one {# review} other {# reviews}}", { count })}
        </span>
      </p>
      <table className={classes.bars}>
        <caption>{t("How the stars are spread")}</caption>
        <tbody>
          {[5, 4, 3, 2, 1].map((star) => (
            <tr key={star}>
              <th scope="row">
                {t("{star, plural, one {# star} other {# stars}}", { star })}
              </th>
              <td className={classes.bar} aria-hidden>
                <span style={{ inlineSize: `${((stars[star] ?? 0) / count) * 100}%` }} />
              </td>
              <td className="js-number">{stars[star] ?? 0}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One published review with its answer. */
export function OneReview({ review, by }: { review: PublicReview; by?: string }) {
  return (
    <article className={classes.review}>
      <p className={classes.head}>
        <StarRow rating={review.rating} />
        <span>
          {by ?? review.author}
          {review.published_at ? `, ${formatDay(review.published_at)}` : ""}
        </span>
      </p>
      {review.text ? <p className={classes.text}>{review.text}</p> : null}
      {review.reply ? (
        <blockquote className={classes.reply}>
          <span>{t("The answer")}</span>
          {review.reply}
        </blockquote>
      ) : null}
    </article>
  );
}
