import { accountRecoverCreate } from "@jobsphere/api-client";
import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Page } from "@/components/Page";
import { ask } from "@/lib/api";
import { SecondStepForm } from "./SecondStepForm";
import { Refused } from "./Refused";
import { useSignIn } from "./signIn";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

/** Come back to an account that one has closed, also to one that waits to be deleted. */
export function RecoverPage() {
  const { signIn, second, startAgain } = useSignIn();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const recover = useMutation({
    mutationFn: async () => {
      await ask(accountRecoverCreate({ body: { email, password } }));
      await signIn(email, password);
    },
  });
  if (second) {
    return (
      <Page title={t("One more step")} narrow>
        <SecondStepForm key={second.ticket} step={second} startAgain={startAgain} />
      </Page>
    );
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    recover.mutate();
  };
  return (
    <Page title={t("Open my account again")} narrow>
      <form onSubmit={submit}>
        <Stack>
          <Text>
            {t("A closed account opens again with its old password, for half a year; one that waits to be deleted, until the day that our letter names. Everything is where it was.")}
          </Text>
          {recover.isError ? <Refused error={recover.error} /> : null}
          <TextInput
            label={t("E-mail address")}
            type="email"
            autoComplete="username"
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
          <Button type="submit" loading={recover.isPending}>
            {t("Open my account")}
          </Button>
          <Text size="sm">
            <Said text="Your account is open? <0>Sign in</0>" tags={[<Anchor component={Link} to="/sign-in" />]} />
          </Text>
        </Stack>
      </form>
    </Page>
  );
}
