import { paymentsCheckoutRetrieve } from "@jobsphere/api-client";
import { queryOptions } from "@tanstack/react-query";
import { ask } from "@/lib/api";

/** Which gateway's form takes this currency's money; for an open payment, the one that it was begun with. */
export function checkoutQuery(currency: string, gateway?: string) {
  return queryOptions({
    queryKey: ["checkout", currency, gateway ?? ""],
    queryFn: () => ask(paymentsCheckoutRetrieve({ query: { currency, ...(gateway ? { gateway } : {}) } })),
    staleTime: 60_000,
  });
}
