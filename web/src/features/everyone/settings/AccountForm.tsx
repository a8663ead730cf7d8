import { type Account, authMePartialUpdate, authVerifyEmailCreate, authVerifyEmailResendCreate } from "@jobsphere/api-client";
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { focusFirstError } from "@/components/focusError";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";

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
    <Section title="Account">
      {account.email_verified ? null : <VerifyEmail email={account.email} />}
      <form onSubmit={submit} ref={form} className="js-card">
        <Stack>
          {problem && problem.fields.length === 0 ? <Failed error={problem} /> : null}
          <TextInput
            label="Your name"
            autoComplete="name"
            required
            value={typed.name}
            error={problem?.at("/name")}
            onChange={(event) => setTyped({ ...typed, name: event.currentTarget.value })}
          />
          <TextInput
            label="Phone"
            description="With the country, for example +1 503 555 0142. Never shown in public."
            type="tel"
            autoComplete="tel"
            value={typed.phone}
            error={problem?.at("/phone")}
            onChange={(event) => setTyped({ ...typed, phone: event.currentTarget.value })}
          />
          <Group gap="sm">
            <Button type="submit" disabled={!changed} loading={save.isPending}>
              Save
            </Button>
            <Text role="status" c="dimmed">
              {save.isSuccess && !changed ? "Saved." : ""}
            </Text>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

function VerifyEmail({ email }: { email: string }) {
  const queries = useQueryClient();
  const [code, setCode] = useState("");
  const send = useMutation({ mutationFn: () => ask(authVerifyEmailResendCreate({ body: { email } })) });
  const verify = useMutation({
    mutationFn: () => ask(authVerifyEmailCreate({ body: { ticket: send.data?.ticket ?? "", code: code.trim() } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["me"] }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (send.data) verify.mutate();
    else send.mutate();
  };
  return (
    <form onSubmit={submit} className="js-card">
      <Stack gap="sm" align="flex-start">
        <Text fw={600}>Your e-mail address is not confirmed yet</Text>
        {verify.isError || send.isError ? <Failed error={verify.error ?? send.error} /> : null}
        {send.data ? (
          <TextInput
            label={`The code that we sent to ${email}`}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        ) : null}
        <Button type="submit" variant={send.data ? "filled" : "default"} loading={verify.isPending || send.isPending}>
          {send.data ? "Confirm" : "Send me a code"}
        </Button>
      </Stack>
    </form>
  );
}
