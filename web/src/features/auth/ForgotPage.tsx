import { authPasswordResetConfirmCreate, authPasswordResetCreate } from "@jobsphere/api-client";
import { Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Page } from "@/components/Page";
import { Failed } from "@/components/States";
import { ask } from "@/lib/api";

/** Ask for a code by e-mail, then set a new password with it. The answer never says whether the address is known. */
export function ForgotPage() {
  const navigate = useNavigate();
  const [email, setEmail] = useState("");
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const request = useMutation({ mutationFn: () => ask(authPasswordResetCreate({ body: { email } })) });
  const confirm = useMutation({
    mutationFn: () => ask(authPasswordResetConfirmCreate({ body: { ticket: request.data?.ticket ?? "", code, password } })),
    onSuccess: async () => {
      notifications.show({ message: "Your password is changed. Please sign in." });
      await navigate({ to: "/sign-in" });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (request.data) confirm.mutate();
    else request.mutate();
  };
  const failure = confirm.error ?? request.error;
  return (
    <Page title="A new password" narrow>
      <form onSubmit={submit}>
        <Stack>
          {failure ? <Failed error={failure} /> : null}
          <TextInput
            label="E-mail address"
            type="email"
            autoComplete="username"
            required
            readOnly={request.isSuccess}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          {request.isSuccess ? (
            <>
              <Text>If we know this address, a code is on its way. It works for 15 minutes.</Text>
              <TextInput
                label="Code from the e-mail"
                inputMode="numeric"
                autoComplete="one-time-code"
                pattern="[0-9]{6}"
                required
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
              />
              <PasswordInput
                label="New password"
                autoComplete="new-password"
                required
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
              />
            </>
          ) : null}
          <Button type="submit" loading={request.isPending || confirm.isPending}>
            {request.isSuccess ? "Set the password" : "Send me a code"}
          </Button>
        </Stack>
      </form>
    </Page>
  );
}
