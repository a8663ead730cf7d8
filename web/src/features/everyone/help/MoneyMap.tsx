import classes from "./HelpPage.module.css";
import { formatMoney } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";

const usd = (dollars: number): string => formatMoney({ amount: dollars * 100, currency: "USD" }, { short: true });

interface Stop {
  name: string;
  amount: string;
  tone: "waiting" | "protected" | "released" | "fees";
  /** What moves the money on from here. */
  onward?: string;
  text: string;
  fee?: string;
}

const stops: Stop[] = [
  { name: t("Your card"), amount: usd(1_000), tone: "waiting", text: t("Reserved, not taken"), onward: t("The contractor accepts") },
  {
    name: t("Protection"),
    amount: usd(900),
    tone: "protected",
    text: t("Held by us, for both of you"),
    fee: t("$100 platform fee"),
    onward: t("You approve, or seven days pass"),
  },
  {
    name: t("The wallet"),
    amount: usd(700),
    tone: "released",
    text: t("The contractor's own money"),
    fee: t("$200 service fee"),
    onward: t("The contractor withdraws"),
  },
  { name: t("The bank"), amount: usd(700), tone: "released", text: t("Arrived") },
];

/** The four places where money can be, and what moves it from one to the next. A list for those who cannot see it. */
export function MoneyMap() {
  return (
    <ol className={classes.map}>
      {stops.map((stop) => (
        <li key={stop.name} className={classes.stop} data-tone={stop.tone}>
          <div className={classes.place}>
            <span className={classes.name}>{stop.name}</span>
            <strong className={classes.amount}>{stop.amount}</strong>
            <span className={classes.text}>{stop.text}</span>
            {stop.fee ? <span className={classes.fee}>− {stop.fee}</span> : null}
          </div>
          {stop.onward ? <span className={classes.then}>{stop.onward}</span> : null}
        </li>
      ))}
    </ol>
  );
}
