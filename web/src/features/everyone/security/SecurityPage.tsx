import { authMfaRetrieve, type Factors } from "@jobsphere/api-client";
import { Anchor, Stack, Text, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Page } from "@/components/Page";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { AuthenticatorApp } from "./AuthenticatorApp";
import { LinkedLogins } from "./LinkedLogins";
import { Passkeys } from "./Passkeys";
import { PasswordForm } from "./PasswordForm";
import { RecoveryCodes } from "./RecoveryCodes";
import { Sessions } from "./Sessions";
import classes from "./Security.module.css";
import { t } from "@jobsphere/domain/text";

/** Everything that decides who gets into this account. */
export function SecurityPage() {
  const factors = useQuery({ queryKey: ["factors"], queryFn: () => ask(authMfaRetrieve()) });
  return (
    <Page
      title={t("Security")}
      lead={
        <Anchor component={Link} to="/settings">
          {t("Back to my settings")}
        </Anchor>
      }
    >
      {factors.isError ? <Failed error={factors.error} retry={() => void factors.refetch()} /> : null}
      {factors.isPending ? <Loading rows={3} height={160} /> : null}
      {factors.data ? (
        <Stack gap="xl">
          <Strength factors={factors.data} />
          <Passkeys passkeys={factors.data.passkeys} />
          <AuthenticatorApp on={factors.data.totp} />
          {factors.data.enabled ? <RecoveryCodes left={factors.data.recovery_codes_left} /> : null}
          {factors.data.has_password ? <PasswordForm /> : null}
          <LinkedLogins />
          <Sessions />
        </Stack>
      ) : null}
    </Page>
  );
}

/** Three steps from a password to an account that nobody gets into; the next one is named. */
function Strength({ factors }: { factors: Factors }) {
  const steps = [
    { done: factors.has_password || factors.passkeys.length > 0, text: t("A way to sign in") },
    { done: factors.enabled, text: t("A second proof: an app or a passkey") },
    { done: factors.recovery_codes_left > 2, text: t("Recovery codes, in case the phone is lost") },
  ];
  const done = steps.filter((step) => step.done).length;
  return (
    <section className="js-card" aria-label={t("How well your account is protected")}>
      <Text fw={600} mb="xs">
        {done === steps.length ? t("Your account is well protected.") : t("Your account: {done} of {count} locks.", { done, count: steps.length })}
      </Text>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={step.text} data-done={step.done || undefined}>
            <span className={classes.lock} aria-hidden />
            <span>
              {step.text}
              <VisuallyHidden>{`: ${step.done ? t("done") : t("not yet")}`}</VisuallyHidden>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
