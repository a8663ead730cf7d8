import type { Checkout } from "@jobsphere/api-client";
import type { Money } from "@jobsphere/domain/money";
import type { ComponentType } from "react";

/** How the payer will pay, as our server hears it: the gateway's name for a card, and never a card number. */
export interface Chosen {
  gateway: string;
  /** Missing where the gateway's own page asks how to pay. */
  payment_method?: string;
}

/**
 * Ends the filling-in and gives what was chosen. Throws a sentence for
 * the payer when something is missing. Asked twice for the same choice it gives the same token, so that trying again is
 * the same request.
 */
export type Prepare = () => Promise<Chosen>;

/**
 * A form for paying. Each gateway brings its own: the sandbox its test cards, Stripe its Payment Element (an iframe of
 * theirs, so that a card number never touches our page), a page of the gateway's for the others.
 */
export interface PaymentFormProps {
  checkout: Checkout;
  amount: Money;
  /** Called when there is something to prepare with; again when it changes. */
  onReady: (prepare: Prepare) => void;
  /** What the gateway said of the last attempt. */
  problem?: string | undefined;
}

export type PaymentForm = ComponentType<PaymentFormProps>;
