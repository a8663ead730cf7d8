import { authRegisterCreate } from "@jobsphere/api-client";
import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Page } from "@/components/Page";
import { Failed } from "@/components/States";
import { VerifyForm } from "@/components/VerifyForm";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { AGREED } from "./agreed";
import classes from "./SignUpPage.module.css";
import { SocialButtons } from "./SocialButtons";
import { useSignIn } from "./signIn";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

type Role = "customer" | "contractor";

const choices: { role: Role; title: string; text: string }[] = [
  { role: "customer", title: t("I need something done"), text: t("Post a job, choose a contractor, pay when it is done.") },
  { role: "contractor", title: t("I do the work"), text: t("Find jobs, propose a price, get paid for sure.") },
];

export function SignUpPage() {
  const { signIn } = useSignIn();
  const [role, setRole] = useState<Role>("customer");
  const [form, setForm] = useState({ name: "", email: "", password: "" });
  const join = useMutation({ mutationFn: () => ask(authRegisterCreate({ body: { ...form, role, agreed: AGREED } })) });
  const problem = join.isError ? asProblem(join.error) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    join.mutate();
  };
  const field = (name: keyof typeof form) => ({
    required: true,
    value: form[name],
    error: problem?.at(`/${name}`),
    onChange: (event: { currentTarget: { value: string } }) => setForm({ ...form, [name]: event.currentTarget.value }),
  });
  if (join.data) {
    return (
      <Page title={t("Check your mail")} narrow>
        <VerifyForm mayWait email={form.email} ticket={join.data.ticket} go={() => signIn(form.email, form.password)} />
      </Page>
    );
  }
  return (
    <Page title={t("Join JobSphere")} narrow>
      <form onSubmit={submit}>
        <Stack>
          {problem && problem.fields.length === 0 ? <Failed error={problem} /> : null}
          <fieldset className={classes.roles}>
            <legend>{t("What brings you here?")}</legend>
            {choices.map((choice) => (
              <label key={choice.role} className={classes.role}>
                <input
                  type="radio"
                  name="role"
                  checked={role === choice.role}
                  onChange={() => setRole(choice.role)}
                />
                <span>
                  <strong>{choice.title}</strong>
                  <br />
                  {choice.text}
                </span>
              </label>
            ))}
          </fieldset>
          <TextInput label={t("Your name")} autoComplete="name" {...field("name")} />
          <TextInput label={t("E-mail address")} type="email" autoComplete="username" {...field("email")} />
          <PasswordInput
            label={t("Password")}
            description={t("At least 12 characters; a short sentence is good.")}
            autoComplete="new-password"
            {...field("password")}
          />
          <Text size="sm">
            <Said text="By joining you agree to the <0>terms of use</0> and have read the <1>privacy notice</1>. We keep which version it was." tags={[<Anchor component={Link} to="/terms" />, <Anchor component={Link} to="/privacy" />]} />
          </Text>
          <Button type="submit" loading={join.isPending}>
            {t("Join")}
          </Button>
          <SocialButtons roles={[role]} />
          <Text size="sm">
            <Said text="Here before? <0>Sign in</0>" tags={[<Anchor component={Link} to="/sign-in" />]} />
          </Text>
        </Stack>
      </form>
    </Page>
  );
}
