import classes from "./HelpPage.module.css";

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
  { name: "Your card", amount: "$1,000", tone: "waiting", text: "Reserved, not taken", onward: "The contractor accepts" },
  {
    name: "Protection",
    amount: "$900",
    tone: "protected",
    text: "Held by us, for both of you",
    fee: "$100 platform fee",
    onward: "You approve, or seven days pass",
  },
  {
    name: "The wallet",
    amount: "$700",
    tone: "released",
    text: "The contractor's own money",
    fee: "$200 service fee",
    onward: "The contractor withdraws",
  },
  { name: "The bank", amount: "$700", tone: "released", text: "Arrived" },
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
