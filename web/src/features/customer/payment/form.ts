import type { ComponentType } from "react";

/** The gateway's name for a card. Our server sees this and never a card number. */
export interface ChosenCard {
  token: string;
  /** How to speak of it: "Visa •••• 4242". */
  label: string;
}

/**
 * A form that turns a card into a token. Each gateway brings its own: the sandbox its test cards, Stripe its Elements
 * (an iframe of theirs, so that a card number never touches our page).
 */
export interface PaymentFormProps {
  card: ChosenCard | undefined;
  onChoose: (card: ChosenCard) => void;
  /** What the gateway said of the last attempt. */
  problem?: string | undefined;
}

export type PaymentForm = ComponentType<PaymentFormProps>;
