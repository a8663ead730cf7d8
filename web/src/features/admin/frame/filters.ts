import { useNavigate, useParams, useSearch } from "@tanstack/react-router";

export type Filters = Record<string, string>;

/** The filters and the open row of a list; they live in the address, so what one sees can be sent to a colleague. */
export function useFilters() {
  const search = useSearch({ strict: false }) as Filters;
  const { open: fromPath } = useParams({ strict: false }) as { open?: string };
  const navigate = useNavigate();
  const set = (change: Record<string, string | undefined>): void => {
    const next = Object.entries({ ...search, ...change }).filter(([, value]) => value);
    // A row that came with the path (a link in an alarm) is closed by going to the list.
    const to = fromPath && "open" in change ? location.pathname.replace(/\/[^/]+$/, "") : location.pathname;
    void navigate({ to, search: Object.fromEntries(next) as never, replace: true, resetScroll: false });
  };
  const { open, ...filters } = search;
  return { filters, open: open ?? fromPath, set };
}
