import { accountRecoverCreate } from "@jobsphere/api-client";
import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Page } from "@/components/Page";
import { ask } from "@/lib/api";
import { hasPasskeys } from "@/lib/passkeys";
import { asProblem } from "@/lib/problems";
import { formatDay } from "@/lib/time";
import { Refused } from "./Refused";
import { SecondStepForm } from "./SecondStepForm";
import { SocialButtons } from "./SocialButtons";
import { signInWithPasskey, useOpen, useSignIn } from "./signIn";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

export function SignInPage() {
  const { signIn, second, startAgain } = useSignIn();
  if (second) {
    return (
      <Page title={t("One more step")} narrow>
        <SecondStepForm key={second.ticket} step={second} startAgain={startAgain} />
      </Page>
    );
  }
  return (
    <Page title={t("Welcome back")} narrow>
      <Stack>
        <PasswordForm signIn={signIn} />
        <PasskeyButton />
        <SocialButtons />
        <Text size="sm">
          <Anchor component={Link} to="/forgot">
            {t("Forgot your password?")}
          </Anchor>
        </Text>
        <Text size="sm">
          <Said text="Did you close your account? <0>Open it again</0>" tags={[<Anchor component={Link} to="/recover" />]} />
        </Text>
        <Text size="sm">
          <Said text="New here? <0>Join JobSphere</0>" tags={[<Anchor component={Link} to="/sign-up" />]} />
        </Text>
      </Stack>
    </Page>
  );
}

function PasswordForm({ signIn }: { signIn: (email: string, password: string) => Promise<void> }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const attempt = useMutation({ mutationFn: () => signIn(email, password) });
  const comeBack = useMutation({
    mutationFn: async () => {
      await ask(accountRecoverCreate({ body: { email, password } }));
      await signIn(email, password);
    },
  });
  const closed = attempt.isError && asProblem(attempt.error).code === "account-closed";
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    attempt.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {comeBack.isError ? <Refused error={comeBack.error} /> : null}
        {closed ? (
          <Closed error={attempt.error} busy={comeBack.isPending} open={() => comeBack.mutate()} />
        ) : attempt.isError ? (
          <Refused error={attempt.error} />
        ) : null}
        <TextInput
          label={t("E-mail address")}
          type="email"
          autoComplete="username webauthn"
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("Password")}
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={attempt.isPending}>
          {t("Sign in")}
        </Button>
      </Stack>
    </form>
  );
}

/** The password was right, but its owner has closed the account: one press opens it again. */
function Closed({ error, busy, open }: { error: unknown; busy: boolean; open: () => void }) {
  const { facts } = asProblem(error);
  const leaving = facts.kind === "deletion";
  return (
    <Stack className="js-card" gap="sm" align="flex-start">
      <Text role="alert" fw={600}>
        {leaving ? t("You asked us to delete this account.") : t("You closed this account.")}
      </Text>
      <Text size="sm">
        {t("{leaving, select, yes {It is deleted after} other {You can come back until}} {day}. Opened again, everything is where it was{leaving, select, yes {, and nothing is deleted} other {}}.", { leaving: leaving ? "yes" : "other", day: formatDay(String(facts.until)) })}
      </Text>
      <Button loading={busy} onClick={open}>
        {t("Open it again and sign in")}
      </Button>
    </Stack>
  );
}

function PasskeyButton() {
  const open = useOpen();
  const attempt = useMutation({ mutationFn: async () => open(await signInWithPasskey()) });
  if (!hasPasskeys()) return null;
  return (
    <>
      {attempt.isError ? <Refused error={attempt.error} /> : null}
      <Button variant="default" loading={attempt.isPending} onClick={() => attempt.mutate()}>
        {t("Use a passkey")}
      </Button>
    </>
  );
}
