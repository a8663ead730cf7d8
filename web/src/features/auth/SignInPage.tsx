import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Page } from "@/components/Page";
import { Failed } from "@/components/States";
import { useSignIn } from "./signIn";

export function SignInPage() {
  const signIn = useSignIn();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const attempt = useMutation({ mutationFn: () => signIn(email, password) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    attempt.mutate();
  };
  return (
    <Page title="Welcome back" narrow>
      <form onSubmit={submit}>
        <Stack>
          {attempt.isError ? <Failed error={attempt.error} /> : null}
          <TextInput
            label="E-mail address"
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" loading={attempt.isPending}>
            Sign in
          </Button>
          <Text size="sm">
            <Anchor component={Link} to="/forgot">
              Forgot your password?
            </Anchor>
          </Text>
          <Text size="sm">
            New here?{" "}
            <Anchor component={Link} to="/sign-up">
              Join JobSphere
            </Anchor>
          </Text>
        </Stack>
      </form>
    </Page>
  );
}
