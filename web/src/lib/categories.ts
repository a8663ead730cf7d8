import { categoriesRetrieve } from "@jobsphere/api-client";
import { useQuery } from "@tanstack/react-query";
import { ask } from "@/lib/api";

/** The taxonomy, grouped; it hardly ever changes. */
export function useCategories() {
  return useQuery({ queryKey: ["categories"], queryFn: () => ask(categoriesRetrieve()), staleTime: 3_600_000 });
}
