import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { invalidate } from "./changes";
import { asChanged } from "./frames";
import { startLive, useLive, useResync } from "./live";

/** Keeps the socket of the page, and what the page has fetched as fresh as the server says. Draws nothing. */
export function LiveQueries() {
  const queries = useQueryClient();
  useEffect(startLive, []);
  useLive("changed", (data) => {
    const changed = asChanged(data);
    if (changed) invalidate(queries, changed);
  });
  useResync(() => void queries.invalidateQueries());
  return null;
}
