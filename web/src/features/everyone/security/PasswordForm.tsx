import { authPasswordCreate } from "@jobsphere/api-client";
import { Button, PasswordInput, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { t } from "@jobsphere/domain/text";

const EMPTY = { current_password: "", password: "" };

/** Change the password; every other device is signed out by it. */
export function PasswordForm() {
  const [typed, setTyped] = useState(EMPTY);
  const change = useVerb(
    () => ask(authPasswordCreate({ body: typed })),
    () => setTyped(EMPTY),
  );
  const problem = change.isError ? asProblem(change.error) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate();
  };
  const field = (name: keyof typeof EMPTY) => ({
    required: true,
    value: typed[name],
    error: problem?.at(`/${name}`),
    onChange: (event: { currentTarget: { value: string } }) => setTyped({ ...typed, [name]: event.currentTarget.value }),
  });
  return (
    <Section title={t("Password")}>
      <form onSubmit={submit} className="js-card">
        <Stack>
          {problem && problem.fields.length === 0 ? <Failed error={problem} /> : null}
          <PasswordInput label={t("The password as it is")} autoComplete="current-password" {...field("current_password")} />
          <PasswordInput
            label={t("The new one")}
            description={t("At least 12 characters; a short sentence is good.")}
            autoComplete="new-password"
            {...field("password")}
          />
          <Button type="submit" loading={change.isPending} style={{ alignSelf: "flex-start" }}>
            {t("Change it")}
          </Button>
          <Text role="status" c="dimmed">
            {change.isSuccess ? t("Changed. Your other devices are signed out.") : ""}
          </Text>
        </Stack>
      </form>
    </Section>
  );
}
