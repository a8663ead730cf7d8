import { accountRetrieve } from "@jobsphere/api-client";
import { Anchor, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Page } from "@/components/Page";
import { Failed, Loading } from "@/components/States";
import { useAccount } from "@/lib/account";
import { ask } from "@/lib/api";
import { Consents } from "./Consents";
import { EmailChange } from "./EmailChange";
import { Exports } from "./Exports";
import { Leaving } from "./Leaving";
import { t } from "@jobsphere/domain/text";

/** What belongs to the person: the address, what was agreed to, the data, and the way out. */
export function AccountPage() {
  const account = useAccount();
  const state = useQuery({ queryKey: ["account"], queryFn: () => ask(accountRetrieve()) });
  return (
    <Page
      title={t("Account and privacy")}
      lead={
        <Anchor component={Link} to="/settings">
          {t("Back to my settings")}
        </Anchor>
      }
    >
      {state.isError ? <Failed error={state.error} retry={() => void state.refetch()} /> : null}
      {state.isPending || !account.data ? <Loading rows={4} height={150} /> : null}
      {state.data && account.data ? (
        <Stack gap="xl">
          <EmailChange email={account.data.email} change={state.data.email_change} />
          <Consents consents={state.data.consents} />
          <Exports />
          <Leaving state={state.data} />
        </Stack>
      ) : null}
    </Page>
  );
}
