import { Button, Group, SegmentedControl, Stack, Text, useMantineColorScheme } from "@mantine/core";
import { authLogoutCreate } from "@jobsphere/api-client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Page } from "@/components/Page";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { useAccount, useRole } from "@/lib/account";
import { ask } from "@/lib/api";
import { forgetDrafts } from "@/lib/drafts";
import { forgetTokens } from "@/lib/session";
import { AccountForm } from "./AccountForm";
import { NewsPreferences } from "./NewsPreferences";
import { RolesForm } from "./RolesForm";
import { Sessions } from "./Sessions";

export function SettingsPage() {
  const account = useAccount();
  return (
    <Page title="Me" lead={account.data?.email} aside={<SignOut />}>
      {account.isError ? <Failed error={account.error} retry={() => void account.refetch()} /> : null}
      {account.data ? (
        <Stack gap="xl">
          <Shortcuts />
          <AccountForm key={account.data.id} account={account.data} />
          <RolesForm account={account.data} />
          <ColourScheme />
          <NewsPreferences />
          <Sessions />
        </Stack>
      ) : (
        <Loading rows={4} height={160} />
      )}
    </Page>
  );
}

function Shortcuts() {
  const role = useRole();
  return (
    <Group gap="sm">
      <Button component={Link} to="/profile" variant="default">
        My profile
      </Button>
      {role.customer ? (
        <Button component={Link} to="/payments" variant="default">
          My payments
        </Button>
      ) : null}
      {role.contractor ? (
        <Button component={Link} to="/wallet" variant="default">
          My wallet
        </Button>
      ) : null}
      <Button component={Link} to="/help" variant="default">
        How the money works
      </Button>
    </Group>
  );
}

function SignOut() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leave = useMutation({
    // The server ends the session; this device forgets it in any case.
    mutationFn: () => ask(authLogoutCreate({ body: {} })).catch(() => undefined),
    onSettled: async () => {
      forgetTokens();
      forgetDrafts();
      queries.clear();
      await navigate({ to: "/" });
    },
  });
  return (
    <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
      Sign out
    </Button>
  );
}

function ColourScheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title="Light or dark">
      <SegmentedControl
        aria-label="Light or dark"
        value={colorScheme}
        onChange={(value) => setColorScheme(value as typeof colorScheme)}
        data={[
          { value: "light", label: "Light" },
          { value: "dark", label: "Dark" },
          { value: "auto", label: "As this device" },
        ]}
      />
      <Text size="sm" c="dimmed">
        Kept on this device.
      </Text>
    </Section>
  );
}
