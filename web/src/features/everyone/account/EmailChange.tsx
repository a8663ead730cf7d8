import { Said } from "@/components/Said";
import { accountEmailConfirmCreate, accountEmailCreate, type EmailChange as Change } from "@jobsphere/api-client";
import { Button, Group, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { forgetTokens } from "@/lib/session";
import { formatMoment } from "@/lib/time";
import { t } from "@jobsphere/domain/text";

/** A new address counts when both prove it: the old one that it is wanted, the new one that it is yours. */
export function EmailChange({ email, change }: { email: string; change: Change | null }) {
  const [beginning, setBeginning] = useState(false);
  return (
    <Section title={t("E-mail address")}>
      <div className="js-card">
        <Stack>
          <Group justify="space-between">
            <Text style={{ overflowWrap: "anywhere" }}>
              <Said text="You sign in as <0>{email}</0>." tags={[<strong />]} values={{ email }} />
            </Text>
            {beginning ? null : (
              <Button variant="default" onClick={() => setBeginning(true)}>
                {change ? t("Choose another address") : t("Change it")}
              </Button>
            )}
          </Group>
          {beginning ? <Begin done={() => setBeginning(false)} /> : null}
          {change && !beginning ? <Confirm change={change} email={email} /> : null}
        </Stack>
      </div>
    </Section>
  );
}

function Begin({ done }: { done: () => void }) {
  const [typed, setTyped] = useState({ email: "", password: "" });
  const begin = useVerb(() => ask(accountEmailCreate({ body: typed })), done);
  const problem = begin.isError ? asProblem(begin.error) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    begin.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {problem && problem.fields.length === 0 ? <Failed error={problem} /> : null}
        <TextInput
          label={t("New e-mail address")}
          type="email"
          autoComplete="email"
          required
          autoFocus
          value={typed.email}
          error={problem?.at("/email")}
          onChange={(event) => setTyped({ ...typed, email: event.currentTarget.value })}
        />
        <PasswordInput
          label={t("Your password")}
          autoComplete="current-password"
          required
          value={typed.password}
          error={problem?.at("/password")}
          onChange={(event) => setTyped({ ...typed, password: event.currentTarget.value })}
        />
        <Group gap="sm">
          <Button type="submit" loading={begin.isPending}>
            {t("Send both codes")}
          </Button>
          <Button variant="default" onClick={done}>
            {t("Not now")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Confirm({ change, email }: { change: Change; email: string }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [code, setCode] = useState("");
  const confirm = useVerb(
    () => ask(accountEmailConfirmCreate({ body: { code: code.trim() } })),
    async ({ changed }) => {
      setCode("");
      if (!changed) return;
      forgetTokens();
      queries.clear();
      notifications.show({ message: t("Your address is {newEmail} now. Please sign in with it.", { newEmail: change.new_email }) });
      await navigate({ to: "/sign-in" });
    },
  );
  const problem = confirm.isError ? asProblem(confirm.error) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    confirm.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text>
          {t("We have sent a code to each address. Enter both, one after the other, until {when}.", { when: formatMoment(change.expires_at) })}
        </Text>
        <ul style={{ margin: 0, padding: 0, listStyle: "none" }} aria-label={t("Codes")}>
          <Side email={email} confirmed={change.old_confirmed} />
          <Side email={change.new_email} confirmed={change.new_confirmed} />
        </ul>
        {problem && problem.fields.length === 0 ? <Failed error={problem} /> : null}
        <TextInput
          label={t("Code from either letter")}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          required
          value={code}
          error={problem?.at("/code")}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" style={{ alignSelf: "flex-start" }} loading={confirm.isPending}>
          {t("Confirm")}
        </Button>
      </Stack>
    </form>
  );
}

function Side({ email, confirmed }: { email: string; confirmed: boolean }) {
  return (
    <li style={{ overflowWrap: "anywhere" }}>
      <span aria-hidden>{confirmed ? "✓" : "○"}</span> {email}: {confirmed ? t("confirmed") : t("waits for its code")}
    </li>
  );
}
