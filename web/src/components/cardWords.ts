import type { SavedMethod } from "@jobsphere/api-client";
import { t } from "@jobsphere/domain/text";

/** How a card is called: "Visa 4242". */
export function cardWords(card: SavedMethod): string {
  if (!card.last4) return t("New card");
  return `${card.brand.charAt(0).toUpperCase()}${card.brand.slice(1)} ${card.last4}`;
}
