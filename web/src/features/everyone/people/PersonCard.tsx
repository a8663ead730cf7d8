import type { ContractorCard } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Link } from "@tanstack/react-router";
import { Face } from "@/components/Face";
import classes from "./PersonCard.module.css";

/** A contractor in the list; the whole card is the link. */
export function PersonCard({ person }: { person: ContractorCard }) {
  return (
    <article className={classes.card}>
      <div className={classes.top}>
        <Face name={person.name} size={52} />
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
        {[person.place, person.years_of_experience ? `${person.years_of_experience} years in the trade` : ""]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <p className={classes.prices}>
        <Prices person={person} />
      </p>
    </article>
  );
}

export function Prices({ person }: { person: Pick<ContractorCard, "hourly_rate" | "fixed_from"> }) {
  if (!person.hourly_rate && !person.fixed_from) return <span>Price on request</span>;
  return (
    <>
      {person.hourly_rate ? (
        <span>
          <strong className="js-number">{formatMoney(person.hourly_rate, { short: true })}</strong> an hour
        </span>
      ) : null}
      {person.fixed_from ? (
        <span>
          jobs from <strong className="js-number">{formatMoney(person.fixed_from, { short: true })}</strong>
        </span>
      ) : null}
    </>
  );
}
