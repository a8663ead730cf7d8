import { profilesMeRetrieve } from "@jobsphere/api-client";
import { Button, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Page } from "@/components/Page";
import { Failed, Loading } from "@/components/States";
import { useRole } from "@/lib/account";
import { ask } from "@/lib/api";
import { ContractorForm } from "./ContractorForm";
import { CustomerForm } from "./CustomerForm";
import { FaceEditor } from "./FaceEditor";
import { PortfolioEditor } from "./PortfolioEditor";
import { t } from "@jobsphere/domain/text";

/** What others see of me, as contractor and as customer. */
export function ProfilePage() {
  const role = useRole();
  const profiles = useQuery({ queryKey: ["profiles", "me"], queryFn: () => ask(profilesMeRetrieve()) });
  const me = profiles.data;
  return (
    <Page
      title={t("My profile")}
      lead={t("What people see before they say yes.")}
      aside={
        me?.contractor?.headline ? (
          <Button component={Link} to={`/contractors/${me.person.id}`} variant="default">
            {t("See it as others do")}
          </Button>
        ) : null
      }
    >
      {profiles.isError ? <Failed error={profiles.error} retry={() => void profiles.refetch()} /> : null}
      {me ? (
        <Stack gap="xl">
          <FaceEditor person={me.person} />
          {role.contractor ? <ContractorForm personId={me.person.id} profile={me.contractor} /> : null}
          {role.contractor ? <PortfolioEditor /> : null}
          {role.customer ? <CustomerForm personId={me.person.id} profile={me.customer} /> : null}
        </Stack>
      ) : null}
      {profiles.isPending ? <Loading rows={2} height={360} /> : null}
    </Page>
  );
}
