import type { Money } from "@jobsphere/domain/money";
import { Loader, Text, useComputedColorScheme } from "@mantine/core";
import { Elements, PaymentElement, useElements, useStripe } from "@stripe/react-stripe-js";
import { loadStripe } from "@stripe/stripe-js/pure";
import type { Stripe } from "@stripe/stripe-js";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Chosen, PaymentFormProps } from "./form";
import classes from "./SandboxCardForm.module.css";
import { wireAmount } from "./stripeAmount";
import { t } from "@jobsphere/domain/text";

const UNREACHABLE = "The card form could not be loaded. Check your connection, or whether something blocks js.stripe.com.";

/** Stripe's Payment Element. What is typed goes to Stripe alone; we get the name of a payment method. */
export function StripeForm({ checkout, amount, onReady, problem }: PaymentFormProps) {
  const scheme = useComputedColorScheme("light");
  const { stripe, failed } = useStripeScript(checkout.form.publishable_key);
  const options = useMemo(() => optionsFor(amount, scheme), [amount, scheme]);
  if (failed) {
    return (
      <div role="alert" className={classes.problem}>
        {t("{UNREACHABLE} Nothing was charged, and what you typed is kept.", { UNREACHABLE })}
      </div>
    );
  }
  if (!stripe) return <Loader aria-label={t("Loading the card form")} />;
  return (
    <Elements stripe={stripe} options={options}>
      <Fields gateway={checkout.gateway} onReady={onReady} problem={problem} />
    </Elements>
  );
}

function Fields({ gateway, onReady, problem }: Pick<PaymentFormProps, "onReady" | "problem"> & { gateway: string }) {
  const stripe = useStripe();
  const elements = useElements();
  const made = useRef<Chosen | undefined>(undefined);
  useEffect(() => {
    // A refused method is spent; the next attempt names a new one.
    if (problem) made.current = undefined;
  }, [problem]);
  useEffect(() => {
    if (!stripe || !elements) return;
    onReady(async () => {
      if (made.current) return made.current;
      const { error: incomplete } = await elements.submit();
      if (incomplete) throw new Error(incomplete.message ?? "The card is not complete.");
      const { error, paymentMethod } = await stripe.createPaymentMethod({ elements });
      if (error) throw new Error(error.message ?? "The card could not be read.");
      made.current = { gateway, payment_method: paymentMethod.id };
      return made.current;
    });
  }, [stripe, elements, gateway, onReady]);
  return (
    <div>
      {problem ? (
        <div role="alert" className={classes.problem}>
          {t("{problem} Use another card; everything else is kept.", { problem })}
        </div>
      ) : null}
      <PaymentElement onChange={() => (made.current = undefined)} />
      <Text size="sm" c="dimmed" mt="xs">
        {t("Your card goes to Stripe, encrypted; we never see its number.")}
      </Text>
    </div>
  );
}

/** Load Stripe's script once the form is shown, and never on other pages. */
function useStripeScript(key: string): { stripe: Stripe | undefined; failed: boolean } {
  const [stripe, setStripe] = useState<Stripe>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let here = true;
    loadStripe(key)
      .then((loaded) => here && (loaded ? setStripe(loaded) : setFailed(true)))
      .catch(() => here && setFailed(true));
    return () => {
      here = false;
    };
  }, [key]);
  return { stripe, failed };
}

function optionsFor(amount: Money, scheme: "light" | "dark") {
  return {
    mode: "payment" as const,
    amount: wireAmount(amount),
    currency: amount.currency.toLowerCase(),
    captureMethod: "manual" as const,
    paymentMethodCreation: "manual" as const,
    appearance: { theme: scheme === "dark" ? ("night" as const) : ("stripe" as const) },
  };
}
