/** A person who is customer and contractor works as one of them at a time; this device remembers which. */

import { useSyncExternalStore } from "react";
import { useRole } from "@/lib/account";

export type Side = "customer" | "contractor";

const KEY = "jobsphere.side";
let listeners: (() => void)[] = [];

export function keepSide(side: Side): void {
  localStorage.setItem(KEY, side);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners = [...listeners, listener];
  return () => {
    listeners = listeners.filter((each) => each !== listener);
  };
}

export function useSide(): { side: Side; both: boolean } {
  const kept = useSyncExternalStore(subscribe, () => localStorage.getItem(KEY));
  const role = useRole();
  const both = role.customer && role.contractor;
  if (both) return { side: kept === "contractor" ? "contractor" : "customer", both };
  return { side: role.contractor ? "contractor" : "customer", both };
}
