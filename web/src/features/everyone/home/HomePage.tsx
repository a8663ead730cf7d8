import { Button, Group, SegmentedControl } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Page } from "@/components/Page";
import { Failed, Loading } from "@/components/States";
import { useAccount } from "@/lib/account";
import { keepSide, type Side, useSide } from "@/lib/side";
import { ContractorHome } from "./ContractorHome";
import { CustomerHome } from "./CustomerHome";
import { t } from "@jobsphere/domain/text";

/** The start of a signed-in person: what needs their word, and the numbers that matter, by role. */
export function HomePage() {
  const account = useAccount();
  const { side, both } = useSide();
  if (account.isError) {
    return (
      <Page title={t("Home")}>
        <Failed error={account.error} retry={() => void account.refetch()} />
      </Page>
    );
  }
  const first = account.data?.name.split(" ")[0];
  return (
    <Page
      title={first ? t("Hello, {first}", { first }) : t("Hello")}
      aside={
        <Group gap="sm">
          {both ? <SideSwitch side={side} /> : null}
          <QuickActions side={side} />
        </Group>
      }
    >
      {account.data ? side === "contractor" ? <ContractorHome /> : <CustomerHome /> : <Loading />}
    </Page>
  );
}

function SideSwitch({ side }: { side: Side }) {
  return (
    <SegmentedControl
      aria-label={t("I am here as")}
      value={side}
      onChange={(value) => keepSide(value as Side)}
      data={[
        { value: "customer", label: t("Customer") },
        { value: "contractor", label: t("Contractor") },
      ]}
    />
  );
}

interface QuickAction {
  to: string;
  search?: Record<string, unknown>;
  label: string;
}

function QuickActions({ side }: { side: Side }) {
  const [first, second]: QuickAction[] =
    side === "contractor"
      ? [
          { to: "/jobs", label: t("Find jobs") },
          { to: "/proposals", label: t("My proposals") },
        ]
      : [
          { to: "/jobs/new", label: t("Post a job") },
          { to: "/jobs", search: { mine: true }, label: t("My jobs") },
        ];
  return (
    <Group gap="sm">
      <Button component={Link} to={first?.to}>
        {first?.label}
      </Button>
      <Button component={Link} to={second?.to} search={second?.search as never} variant="default">
        {second?.label}
      </Button>
    </Group>
  );
}
