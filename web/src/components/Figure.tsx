import { Link } from "@tanstack/react-router";
import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Figure.module.css";

interface FigureProps {
  label: string;
  /** undefined while it loads. */
  value: ReactNode;
  hint?: ReactNode;
  to?: string;
  search?: Record<string, unknown>;
  /** The one that matters most on this screen. */
  strong?: boolean;
}

export function Figures({ children }: { children: ReactNode }) {
  return <dl className={classes.figures}>{children}</dl>;
}

/** One number that matters, with what it counts; the whole tile is the way to it. */
export function Figure({ label, value, hint, to, search = {}, strong = false }: FigureProps) {
  return (
    <div className={classes.figure} data-strong={strong || undefined}>
      <dt>
        {to ? (
          <Link to={to} search={search as never} className={classes.link}>
            {label}
          </Link>
        ) : (
          label
        )}
      </dt>
      <dd className={classes.value}>{value ?? <Skeleton height="1em" width="60%" />}</dd>
      {hint ? <dd className={classes.hint}>{hint}</dd> : null}
    </div>
  );
}
