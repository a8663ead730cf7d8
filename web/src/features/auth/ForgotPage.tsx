import { authPasswordResetCreate } from "@jobsphere/api-client";
import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Page } from "@/components/Page";
import { Failed } from "@/components/States";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { useNewPassword } from "./NewPassword";
import { useToken } from "./token";
import { t } from "@jobsphere/domain/text";

/** Set a new password by the link of the letter: its token stands behind the #, so it is in no log. */
export function ResetPage() {
  const token = useToken();
  const { field, confirm } = useNewPassword();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    confirm.mutate({ token });
  };
  return (
    <Page title={t("A new password")} narrow>
      <form onSubmit={submit}>
        <Stack>
          <Why error={confirm.error} />
          {field}
          <Button type="submit" loading={confirm.isPending}>
            {t("Set the password")}
          </Button>
        </Stack>
      </form>
    </Page>
  );
}

/** Ask for a code by e-mail, then set a new password with it. The answer never says whether the address is known. */
export function ForgotPage() {
  const [email, setEmail] = useState("");
  const [code, setCode] = useState("");
  const { field, confirm } = useNewPassword();
  const request = useMutation({ mutationFn: () => ask(authPasswordResetCreate({ body: { email } })) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (request.data) confirm.mutate({ ticket: request.data.ticket, code });
    else request.mutate();
  };
  return (
    <Page title={t("A new password")} narrow>
      <form onSubmit={submit}>
        <Stack>
          <Why error={confirm.error ?? request.error} />
          <TextInput
            label={t("E-mail address")}
            type="email"
            autoComplete="username"
            required
            readOnly={request.isSuccess}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          {request.isSuccess ? (
            <>
              <Text>{t("If we know this address, a code is on its way. It works for 10 minutes.")}</Text>
              <TextInput
                label={t("Code from the e-mail")}
                inputMode="numeric"
                autoComplete="one-time-code"
                pattern="[0-9]{6}"
                required
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
              />
              {field}
            </>
          ) : null}
          <Button type="submit" loading={request.isPending || confirm.isPending}>
            {request.isSuccess ? t("Set the password") : t("Send me a code")}
          </Button>
        </Stack>
      </form>
    </Page>
  );
}

/** What went wrong, unless the password's own field says it. */
function Why({ error }: { error: unknown }) {
  return error && !asProblem(error).at("/password") ? <Failed error={error} /> : null;
}
