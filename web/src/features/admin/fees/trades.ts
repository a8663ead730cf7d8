import { coded } from "@jobsphere/domain/text";
import { useCategories } from "@/lib/categories";

export interface Trades {
  choices: { group: string; items: { value: string; label: string }[] }[];
  /** What a trade is called; one that is not in the list any more by its code. */
  nameOf: (slug: string) => string;
}

/** The trades, as one chooses among them and as one reads them. */
export function useTrades(): Trades {
  const groups = useCategories().data?.results ?? [];
  const choices = groups.map((group) => ({
    group: coded("trade", group.slug, group.name),
    items: group.children.map((each) => ({ value: each.slug, label: coded("trade", each.slug, each.name) })),
  }));
  const names = new Map(choices.flatMap((group) => group.items).map(({ value, label }) => [value, label]));
  return { choices, nameOf: (slug) => names.get(slug) ?? slug };
}
