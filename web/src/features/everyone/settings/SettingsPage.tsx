import { Button, Group, SegmentedControl, Stack, Text, useMantineColorScheme } from "@mantine/core";
import { authLogoutCreate } from "@jobsphere/api-client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Page } from "@/components/Page";
import { LanguageSwitch } from "@/components/LanguageSwitch";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { useAccount, useRole } from "@/lib/account";
import { ask } from "@/lib/api";
import { forgetDrafts } from "@/lib/drafts";
import { forgetTokens } from "@/lib/session";
import { AccountForm } from "./AccountForm";
import { PresenceChoice } from "./PresenceChoice";
import { RolesForm } from "./RolesForm";
import { t } from "@jobsphere/domain/text";

export function SettingsPage() {
  const account = useAccount();
  return (
    <Page title={t("Me")} lead={account.data?.email} aside={<SignOut />}>
      {account.isError ? <Failed error={account.error} retry={() => void account.refetch()} /> : null}
      {account.data ? (
        <Stack gap="xl">
          <Shortcuts />
          <AccountForm key={account.data.id} account={account.data} />
          <RolesForm account={account.data} />
          <PresenceChoice />
          <OwnLanguage />
          <ColourScheme />
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
        {t("My profile")}
      </Button>
      {role.customer ? (
        <Button component={Link} to="/payments" variant="default">
          {t("My payments")}
        </Button>
      ) : null}
      {role.customer ? (
        <Button component={Link} to="/settings/cards" variant="default">
          {t("My cards")}
        </Button>
      ) : null}
      <Button component={Link} to="/settings/plan" variant="default">
        {t("Plan and tier")}
      </Button>
      <Button component={Link} to="/repeats" variant="default">
        {t("What repeats")}
      </Button>
      <Button component={Link} to="/invoices" variant="default">
        {t("Invoices")}
      </Button>
      {role.contractor ? (
        <Button component={Link} to="/wallet" variant="default">
          {t("My wallet")}
        </Button>
      ) : null}
      {role.contractor ? (
        <Button component={Link} to="/settings/verification" variant="default">
          {t("My papers")}
        </Button>
      ) : null}
      <Button component={Link} to="/settings/notifications" variant="default">
        {t("Notifications")}
      </Button>
      <Button component={Link} to="/settings/security" variant="default">
        {t("Security")}
      </Button>
      <Button component={Link} to="/settings/account" variant="default">
        {t("Account and privacy")}
      </Button>
      <Button component={Link} to="/settings/files" variant="default">
        {t("Your files")}
      </Button>
      <Button component={Link} to="/safety" variant="default">
        {t("Safety")}
      </Button>
      <Button component={Link} to="/help" variant="default">
        {t("How the money works")}
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
      {t("Sign out")}
    </Button>
  );
}

function OwnLanguage() {
  return (
    <Section title={t("Language")}>
      <LanguageSwitch />
      <Text size="sm" c="dimmed">
        {t("Of these screens, and of the news and letters that you get.")}
      </Text>
    </Section>
  );
}

function ColourScheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title={t("Light or dark")}>
      <SegmentedControl
        aria-label={t("Light or dark")}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as typeof colorScheme)}
        data={[
          { value: "light", label: t("Light") },
          { value: "dark", label: t("Dark") },
          { value: "auto", label: t("As this device") },
        ]}
      />
      <Text size="sm" c="dimmed">
        {t("Kept on this device.")}
      </Text>
    </Section>
  );
}
