import type { Clearing as Lot } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Link } from "@tanstack/react-router";
import { formatAgo, formatDay } from "@/lib/time";
import { byDate } from "./clearing";
import classes from "./Clearing.module.css";
import { t } from "@jobsphere/domain/text";

/** What is earned and not yet to withdraw: one stop for each date, and at each the jobs it is from and why it waits. */
export function Clearing({ lots }: { lots: Lot[] }) {
  const stops = byDate(lots);
  if (stops.length === 0) return null;
  return (
    <div>
      <h3 className={classes.title}>{t("Clearing")}</h3>
      <ol className={classes.line} aria-label={t("Clearing")}>
        {stops.map((stop) => (
          <li key={stop.day} className={classes.stop}>
            <p className={classes.when}>
              <span>
                <time dateTime={stop.at}>{formatDay(stop.at)}</time> <span className={classes.in}>{formatAgo(stop.at)}</span>
              </span>
              <strong className="js-number">{formatMoney(stop.total)}</strong>
            </p>
            {stop.lots.map((lot) => (
              <p key={lot.id} className={classes.lot}>
                {lot.about ? (
                  <Link to={lot.about.link}>{[lot.about.title, lot.about.part].filter(Boolean).join(", ")}</Link>
                ) : (
                  <span>{t("Earned on {day}", { day: formatDay(lot.earned_at) })}</span>
                )}
                {stop.lots.length > 1 ? <span className="js-number">{formatMoney(lot.left)}</span> : null}
              </p>
            ))}
            {stop.reasons.map((reason) => (
              <p key={reason} className={classes.why}>
                {reason}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </div>
  );
}
