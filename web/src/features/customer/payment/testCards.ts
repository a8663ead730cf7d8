import type { ChosenCard } from "./form";

export interface TestCard extends ChosenCard {
  number: string;
  /** What happens with it. */
  does: string;
}

/** The sandbox's cards that a rehearsal needs: numbers and tokens are Stripe's documented test values. */
export const TEST_CARDS: TestCard[] = [
  { token: "pm_card_visa", number: "4242 4242 4242 4242", label: "Visa •••• 4242", does: "Pays" },
  {
    token: "pm_card_threeDSecure2Required",
    number: "4000 0027 6000 3184",
    label: "Visa •••• 3184",
    does: "Asks at the bank first (3-D Secure)",
  },
  { token: "pm_card_chargeDeclined", number: "4000 0000 0000 0002", label: "Visa •••• 0002", does: "Is declined" },
  {
    token: "pm_card_chargeDeclinedInsufficientFunds",
    number: "4000 0000 0000 9995",
    label: "Visa •••• 9995",
    does: "Has not enough money",
  },
  {
    token: "pm_card_captureDeclined",
    number: "4000 0000 0030 0014",
    label: "Visa •••• 0014",
    does: "Is reserved, then declined at acceptance",
  },
  {
    token: "pm_card_lostAnswer",
    number: "4000 0000 0030 0022",
    label: "Visa •••• 0022",
    does: "Pays, but the bank's answer is lost",
  },
];
