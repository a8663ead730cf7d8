import type { ContractorCard } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Link } from "@tanstack/react-router";
import { Face } from "@/components/Face";
import { Rating } from "@/components/reviews/Stars";
import { Badges } from "./Badges";
import classes from "./PersonCard.module.css";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

/** A contractor in the list; the whole card is the link. */
export function PersonCard({ person }: { person: ContractorCard }) {
  return (
    <article className={classes.card}>
      <div className={classes.top}>
        <Face name={person.name} id={person.id} size={52} />
        <div>
          <h2 className={classes.name}>
            <Link to={`/contractors/${person.id}`} className={classes.link}>
              {person.name}
            </Link>
          </h2>
          <p className={classes.headline}>{person.headline}</p>
        </div>
      </div>
      <p className={classes.facts}>
        {[person.place, person.years_of_experience ? t("{yearsOfExperience} years in the trade", { yearsOfExperience: person.years_of_experience }) : ""]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <Rating average={person.rating_average} count={person.rating_count} />
      <Badges badges={person.badges} />
      <p className={classes.prices}>
        <Prices person={person} />
      </p>
    </article>
  );
}

export function Prices({ person }: { person: Pick<ContractorCard, "hourly_rate" | "fixed_from"> }) {
  if (!person.hourly_rate && !person.fixed_from) return <span>{t("Price on request")}</span>;
  return (
    <>
      {person.hourly_rate ? (
        <span>
          <Said text="<0>{hourlyRate}</0> an hour" tags={[<strong className="js-number" />]} values={{ hourlyRate: formatMoney(person.hourly_rate, { short: true }) }} />
        </span>
      ) : null}
      {person.fixed_from ? (
        <span>
          <Said text="jobs from <0>{fixedFrom}</0>" tags={[<strong className="js-number" />]} values={{ fixedFrom: formatMoney(person.fixed_from, { short: true }) }} />
        </span>
      ) : null}
    </>
  );
}
