import { type Contract, contractsList } from "@jobsphere/api-client";
import { Button, Group, Stack } from "@mantine/core";
import { formatMoney } from "@jobsphere/domain/money";
import { Link, useSearch } from "@tanstack/react-router";
import { moneyParts } from "@/components/contractMoney";
import { MoneyMini } from "@/components/MoneyMini";
import { LoadMore, usePages } from "@/components/pages";
import { Page } from "@/components/Page";
import { Empty, Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { useAccount, useRole } from "@/lib/account";
import { ask } from "@/lib/api";
import { formatDay } from "@/lib/time";
import classes from "./ContractsPage.module.css";
import type { ContractSearch } from "./search";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

const TABS: { status?: ContractSearch["status"]; label: string }[] = [
  { label: t("Everything") },
  { status: "active", label: t("Active") },
  { status: "completed", label: t("Completed") },
  { status: "cancelled", label: t("Cancelled") },
];

/** Work that was agreed, and how its money stands. */
export function ContractsPage() {
  const { status } = useSearch({ strict: false }) as ContractSearch;
  const role = useRole();
  const contracts = usePages(["contracts", "list", status], (cursor) =>
    ask(contractsList({ query: { status, cursor, page_size: 20 } })),
  );
  return (
    <Page
      title={t("Work")}
      lead={t("Every contract, and where its money is.")}
      aside={
        <Group gap="xs">
          <Button component={Link} to="/offers" variant="default">
            {t("Offers")}
          </Button>
          {role.customer ? (
            <Button component={Link} to="/payments" variant="default">
              {t("Spending")}
            </Button>
          ) : null}
        </Group>
      }
    >
      <nav className={classes.tabs} aria-label={t("Which contracts")}>
        {TABS.map((tab) => (
          <Link
            key={tab.label}
            to="/contracts"
            search={(tab.status ? { status: tab.status } : {}) as never}
            className={classes.tab}
            aria-current={tab.status === status ? "page" : undefined}
          >
            {tab.label}
          </Link>
        ))}
      </nav>
      {contracts.isPending ? <Loading rows={4} height={118} /> : null}
      {contracts.isError ? <Failed error={contracts.error} retry={() => void contracts.refetch()} /> : null}
      {contracts.rows?.length === 0 ? (
        <Empty title={t("Nothing here")} action={<Button component={Link} to="/offers">{t("See the offers")}</Button>}>
          {t("A contract begins when an offer is accepted.")}
        </Empty>
      ) : null}
      <Stack component="ul" gap="sm" className={classes.list}>
        {contracts.rows?.map((contract) => (
          <li key={contract.id}>
            <ContractLink contract={contract} />
          </li>
        ))}
      </Stack>
      <LoadMore {...contracts} />
    </Page>
  );
}

function ContractLink({ contract }: { contract: Contract }) {
  const me = useAccount().data?.id;
  const other = contract.customer.id === me ? contract.contractor : contract.customer;
  const waiting = contract.milestones.filter((each) => each.status === "submitted").length;
  return (
    <Link to={`/contracts/${contract.id}`} className={classes.card}>
      <span className={classes.top}>
        <strong className={classes.title}>{contract.title}</strong>
        <Status value={contract.status} />
      </span>
      <MoneyMini parts={moneyParts(contract.money)} />
      <span className={classes.facts}>
        <span>
          <Said text="<0>{protected}</0> protected of <1>{funded}</1>" tags={[<strong className="js-number" />, <span className="js-number" />]} values={{ protected: formatMoney(contract.money.protected), funded: formatMoney(contract.money.funded) }} />
        </span>
        <span>{t("with {other}", { other: other.name })}</span>
        <span>{t("since {day}", { day: formatDay(contract.created_at) })}</span>
        {waiting > 0 ? <strong className={classes.waiting}>{t("{waiting} waiting for approval", { waiting })}</strong> : null}
      </span>
    </Link>
  );
}
