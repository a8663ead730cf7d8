import { SandboxCardForm } from "./SandboxCardForm";
import type { PaymentForm, PaymentFormProps } from "./form";

/**
 * The forms by gateway. The slot for Stripe Elements: load "@stripe/stripe-js" lazily with the server's publishable key
 * and call onChoose with the payment method that Stripe returns. The API does not publish a gateway or key yet, so the
 * sandbox's form is the only one.
 */
const forms: Record<string, PaymentForm> = { sandbox: SandboxCardForm };

export function PaymentCard({ gateway = "sandbox", ...props }: PaymentFormProps & { gateway?: string }) {
  const Form = forms[gateway];
  return Form ? <Form {...props} /> : <p role="alert">Payments with {gateway} are not set up in this app yet.</p>;
}
