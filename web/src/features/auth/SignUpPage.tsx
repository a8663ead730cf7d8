import { authRegisterCreate } from "@jobsphere/api-client";
import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Page } from "@/components/Page";
import { Failed } from "@/components/States";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import classes from "./SignUpPage.module.css";
import { useSignIn } from "./signIn";

type Role = "customer" | "contractor";

const choices: { role: Role; title: string; text: string }[] = [
  { role: "customer", title: "I need something done", text: "Post a job, choose a contractor, pay when it is done." },
  { role: "contractor", title: "I do the work", text: "Find jobs, propose a price, get paid for sure." },
];

export function SignUpPage() {
  const signIn = useSignIn();
  const [role, setRole] = useState<Role>("customer");
  const [form, setForm] = useState({ name: "", email: "", password: "" });
  const join = useMutation({
    mutationFn: async () => {
      await ask(authRegisterCreate({ body: { ...form, role } }));
      await signIn(form.email, form.password);
    },
  });
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
  return (
    <Page title="Join JobSphere" narrow>
      <form onSubmit={submit}>
        <Stack>
          {problem && problem.fields.length === 0 ? <Failed error={problem} /> : null}
          <fieldset className={classes.roles}>
            <legend>What brings you here?</legend>
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
          <TextInput label="Your name" autoComplete="name" {...field("name")} />
          <TextInput label="E-mail address" type="email" autoComplete="username" {...field("email")} />
          <PasswordInput
            label="Password"
            description="At least 8 characters; a short sentence is good."
            autoComplete="new-password"
            {...field("password")}
          />
          <Button type="submit" loading={join.isPending}>
            Join
          </Button>
          <Text size="sm">
            Here before?{" "}
            <Anchor component={Link} to="/sign-in">
              Sign in
            </Anchor>
          </Text>
        </Stack>
      </form>
    </Page>
  );
}
