import { type Account, authMePartialUpdate, authVerifyEmailResendCreate } from "@jobsphere/api-client";
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { focusFirstError } from "@/components/focusError";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { VerifyForm } from "@/components/VerifyForm";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { t } from "@jobsphere/domain/text";

export function AccountForm({ account }: { account: Account }) {
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState({ name: account.name, phone: account.phone });
  const save = useMutation({
    mutationFn: () => ask(authMePartialUpdate({ body: typed })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["me"] }),
    onError: () => focusFirstError(form.current),
  });
  const problem = save.isError ? asProblem(save.error) : undefined;
  const changed = typed.name !== account.name || typed.phone !== account.phone;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Section title={t("Account")}>
      {account.email_verified ? null : <VerifyEmail email={account.email} />}
      <form onSubmit={submit} ref={form} className="js-card">
        <Stack>
          {problem && problem.fields.length === 0 ? <Failed error={problem} /> : null}
          <TextInput
            label={t("Your name")}
            autoComplete="name"
            required
            value={typed.name}
            error={problem?.at("/name")}
            onChange={(event) => setTyped({ ...typed, name: event.currentTarget.value })}
          />
          <TextInput
            label={t("Phone")}
            description={t("With the country, for example +1 503 555 0142. Never shown in public.")}
            type="tel"
            autoComplete="tel"
            value={typed.phone}
            error={problem?.at("/phone")}
            onChange={(event) => setTyped({ ...typed, phone: event.currentTarget.value })}
          />
          <Group gap="sm">
            <Button type="submit" disabled={!changed} loading={save.isPending}>
              {t("Save")}
            </Button>
            <Text role="status" c="dimmed">
              {save.isSuccess && !changed ? t("Saved.") : ""}
            </Text>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

/** The same form as after joining, once a letter is on its way. */
function VerifyEmail({ email }: { email: string }) {
  const queries = useQueryClient();
  const send = useMutation({ mutationFn: () => ask(authVerifyEmailResendCreate({ body: { email } })) });
  const verified = () => queries.invalidateQueries({ queryKey: ["me"] });
  return (
    <div className="js-card">
      <Stack gap="sm" align="flex-start">
        <Text fw={600}>{t("Your e-mail address is not confirmed yet")}</Text>
        {send.isError ? <Failed error={send.error} /> : null}
        {send.data ? (
          <VerifyForm email={email} ticket={send.data.ticket} go={verified} />
        ) : (
          <Button variant="default" loading={send.isPending} onClick={() => send.mutate()}>
            {t("Send me a code")}
          </Button>
        )}
      </Stack>
    </div>
  );
}
