import { type Account, authMePartialUpdate } from "@jobsphere/api-client";
import { Button, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { ask } from "@/lib/api";
import { keepSide, type Side } from "@/lib/side";

const offers: Record<Side, { button: string; text: string }> = {
  contractor: { button: "Become a contractor too", text: "Find jobs, propose prices and get paid, with the same login." },
  customer: { button: "Become a customer too", text: "Post jobs and book contractors, with the same login." },
};

/** One login can have both roles; what is missing is offered. */
export function RolesForm({ account }: { account: Account }) {
  const queries = useQueryClient();
  const become = useMutation({
    mutationFn: (role: Side) => ask(authMePartialUpdate({ body: { roles: [...account.roles, role] as Side[] } })),
    onSuccess: (_, role) => {
      keepSide(role);
      return queries.invalidateQueries();
    },
  });
  const missing = (["customer", "contractor"] as const).filter((role) => !account.roles.includes(role));
  return (
    <Section title="Roles">
      <Text>You are here as {account.roles.join(" and ")}.</Text>
      {become.isError ? <Failed error={become.error} /> : null}
      {missing.map((role) => (
        <Stack key={role} gap="xs" align="flex-start" className="js-card">
          <Text>{offers[role].text}</Text>
          <Button variant="default" loading={become.isPending} onClick={() => become.mutate(role)}>
            {offers[role].button}
          </Button>
        </Stack>
      ))}
    </Section>
  );
}
