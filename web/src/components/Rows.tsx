import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import classes from "./Rows.module.css";

/** A list whose rows share one card, like the lines of a ledger. */
export function Rows({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <ul className={classes.rows} aria-label={label}>
      {children}
    </ul>
  );
}

interface RowProps {
  to?: string;
  title: ReactNode;
  /** Under the title, smaller. */
  text?: ReactNode;
  /** Before the title: a face, an icon. */
  mark?: ReactNode;
  /** Under the text, on its own line: a status. */
  under?: ReactNode;
  /** At the end of the line: an amount. */
  end?: ReactNode;
  /** Something new that was not looked at. */
  fresh?: boolean;
}

export function Row({ to, title, text, under, mark, end, fresh = false }: RowProps) {
  const inside = (
    <>
      {mark}
      <span className={classes.words}>
        <span className={classes.title}>{title}</span>
        {text ? <span className={classes.text}>{text}</span> : null}
        {under ? <span className={classes.under}>{under}</span> : null}
      </span>
      {end ? <span className={classes.end}>{end}</span> : null}
    </>
  );
  return (
    <li className={`${classes.item} js-far`} data-fresh={fresh || undefined}>
      {to ? (
        <Link to={to} className={classes.row}>
          {inside}
        </Link>
      ) : (
        <div className={classes.row}>{inside}</div>
      )}
    </li>
  );
}
