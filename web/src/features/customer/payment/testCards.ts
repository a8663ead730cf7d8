import { t } from "@jobsphere/domain/text";

export interface TestCard {
  token: string;
  number: string;
  /** What happens with it. */
  does: string;
}

/** The sandbox's cards that a rehearsal needs: numbers and tokens are Stripe's documented test values. */
export const TEST_CARDS: TestCard[] = [
  { token: "pm_card_visa", number: "4242 4242 4242 4242", does: t("Pays") },
  {
    token: "pm_card_threeDSecure2Required",
    number: "4000 0027 6000 3184",
    does: t("Asks at the bank first (3-D Secure)"),
  },
  { token: "pm_card_chargeDeclined", number: "4000 0000 0000 0002", does: t("Is declined") },
  {
    token: "pm_card_chargeDeclinedInsufficientFunds",
    number: "4000 0000 0000 9995",
    does: t("Has not enough money"),
  },
  {
    token: "pm_card_captureDeclined",
    number: "4000 0000 0030 0014",
    does: t("Is reserved, then declined at acceptance"),
  },
  {
    token: "pm_card_lostAnswer",
    number: "4000 0000 0030 0022",
    does: t("Pays, but the bank's answer is lost"),
  },
];
