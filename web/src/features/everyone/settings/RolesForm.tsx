import { type Account, authMePartialUpdate } from "@jobsphere/api-client";
import { Button, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { ask } from "@/lib/api";
import { keepSide, type Side } from "@/lib/side";
import { listed, t } from "@jobsphere/domain/text";

const offers: Record<Side, { button: string; text: string }> = {
  contractor: { button: t("Become a contractor too"), text: t("Find jobs, propose prices and get paid, with the same login.") },
  customer: { button: t("Become a customer too"), text: t("Post jobs and book contractors, with the same login.") },
};

const ROLES: Record<string, string> = { customer: t("customer"), contractor: t("contractor"), admin: t("administrator") };

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
    <Section title={t("Roles")}>
      <Text>{t("You are here as {roles}.", { roles: listed(account.roles.map((role) => ROLES[role] ?? role)) })}</Text>
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
