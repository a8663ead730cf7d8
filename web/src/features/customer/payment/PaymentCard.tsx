import type { CheckoutKindEnum } from "@jobsphere/api-client";
import type { Money } from "@jobsphere/domain/money";
import { Loader, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ComponentType, lazy, Suspense } from "react";
import { Failed } from "@/components/States";
import { checkoutQuery } from "./checkout";
import type { PaymentForm, PaymentFormProps } from "./form";
import { RedirectForm } from "./RedirectForm";
import { SandboxCardForm } from "./SandboxCardForm";
import { t } from "@jobsphere/domain/text";

const StripeForm = lazy<ComponentType<PaymentFormProps>>(() =>
  import("./StripeForm").then((module) => ({ default: module.StripeForm })),
);

/** A new gateway brings a form, or its own page; nothing else of the app knows one from another. */
const FORMS: Record<CheckoutKindEnum, PaymentForm> = {
  sandbox: SandboxCardForm,
  stripe_elements: StripeForm,
  redirect: RedirectForm,
};

/** The form of whichever gateway takes this amount. */
export function PaymentCard({
  amount,
  gateway,
  ...props
}: Omit<PaymentFormProps, "checkout" | "amount"> & {
  amount: Money | undefined;
  /** Of a payment that was begun already. */
  gateway?: string | undefined;
}) {
  const checkout = useQuery({ ...checkoutQuery(amount?.currency ?? "USD", gateway), enabled: amount !== undefined });
  if (!amount) return <Text c="dimmed">{t("Say how much first.")}</Text>;
  // A form that is there stays, also when it could not be asked for again: what was typed into it would be lost.
  if (!checkout.data) {
    return checkout.isError ? (
      <Failed error={checkout.error} retry={() => void checkout.refetch()} />
    ) : (
      <Loader aria-label={t("Loading the payment form")} />
    );
  }
  const Form = FORMS[checkout.data.form.kind];
  return (
    <Suspense fallback={<Loader aria-label={t("Loading the card form")} />}>
      <Form checkout={checkout.data} amount={amount} {...props} />
    </Suspense>
  );
}
