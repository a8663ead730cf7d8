import type { CoolingPayee, Earning } from "@jobsphere/api-client";
import {
  adminEarningsClearCreate,
  adminEarningsDelayCreate,
  adminEarningsList,
  adminPayeesCoolingOffList,
  adminPayeesLiftCoolingOffCreate,
} from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { Actions } from "@/components/Actions";
import { usePages } from "@/components/pages";
import { Section } from "@/components/Section";
import { ask, withKey } from "@/lib/api";
import { formatMoment } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { FilterBar } from "../frame/FilterBar";
import { useFilters } from "../frame/filters";
import { Detail, Facts, Listing, Small } from "../frame/Listing";
import { ReasonDialog } from "../frame/ReasonDialog";
import { t } from "@jobsphere/domain/text";

const FIELDS = [
  { name: "clearing", label: t("Which"), values: ["true", "false"], word: (value: string) => (value === "true" ? t("Still clearing") : t("Cleared")) },
];

/** Earned money that clears, and payees whose bank account has just changed. */
export function EarningsPage() {
  return (
    <AdminPage title={t("Earnings")} right="finance" lead={t("What clears until when and why, and whose withdrawals wait after a change of bank.")}>
      <Cooling />
      <Section title={t("Clearing")}>
        <Earnings />
      </Section>
    </AdminPage>
  );
}

function Cooling() {
  const [lifting, lift] = useState<CoolingPayee | undefined>();
  const pages = usePages(["admin", "cooling-off"], (cursor) => ask(adminPayeesCoolingOffList({ query: { cursor, page_size: 30 } as never })));
  // Rare and urgent: the section is there only when somebody waits, or when we cannot tell.
  if (pages.rows?.length === 0) return null;
  return (
    <Section title={t("A changed bank account")}>
      <Listing
        label={t("Payees who wait")}
        pages={pages}
        onOpen={lift}
        empty={{ title: t("Nobody waits"), text: t("No bank account has changed lately.") }}
        columns={[
          { label: t("Payee"), cell: (row) => row.payee.name },
          { label: t("New bank"), cell: (row) => <>{t("{bankName} ending in {bankLast4}", { bankName: row.bank_name || t("Bank"), bankLast4: row.bank_last4 })}<Small>{row.gateway}</Small></> },
          { label: t("Waits until"), cell: (row) => formatMoment(row.cooling_until) },
        ]}
      />
      {lifting ? (
        <ReasonDialog
          title={t("Let {payee} withdraw now", { payee: lifting.payee.name })}
          confirm={t("End the waiting")}
          onClose={() => lift(undefined)}
          run={(reason, key) =>
            ask(adminPayeesLiftCoolingOffCreate({ path: { user_id: lifting.payee.id }, body: { reason }, headers: withKey(key) }))
          }
        >
          <Text>{t("Only after you have spoken to the person: whoever took over an account changes its bank first.")}</Text>
        </ReasonDialog>
      ) : null}
    </Section>
  );
}

function Earnings() {
  const { filters, open, set } = useFilters();
  const pages = usePages(["admin", "earnings", filters], (cursor) =>
    ask(adminEarningsList({ query: { ...(filters as object), cursor, page_size: 30 } as never })),
  );
  const shown = pages.rows?.find((row) => row.id === open);
  return (
    <>
      <FilterBar fields={FIELDS} filters={filters} set={set} />
      <Listing
        label={t("Earnings")}
        pages={pages}
        onOpen={(row) => set({ open: row.id })}
        empty={{ title: t("Nothing clears"), text: t("What is earned is in the wallet at once, or these filters show nothing.") }}
        columns={[
          { label: t("Payee"), cell: (row) => row.payee.name },
          { label: t("For"), cell: (row) => <>{row.about?.title ?? t("Earnings")}<Small>{row.reason}</Small></> },
          { label: t("Clears"), cell: (row) => formatMoment(row.clears_at) },
          { label: t("Left"), end: true, cell: (row) => formatMoney(row.left) },
        ]}
      />
      <Detail title={t("Earning")} opened={shown !== undefined} onClose={() => set({ open: undefined })}>
        {shown ? <EarningDetail earning={shown} /> : null}
      </Detail>
    </>
  );
}

function EarningDetail({ earning }: { earning: Earning }) {
  const [deciding, decide] = useState<"clear" | "delay" | undefined>();
  return (
    <>
      <Text fz="2rem" fw={700} ff="var(--js-heading)" className="js-number">
        {formatMoney(earning.left)}
      </Text>
      <Facts
        of={[
          [t("Payee"), earning.payee.name],
          [t("For"), earning.about?.title ?? ""],
          [t("Earned"), `${formatMoney(earning.amount)}, ${formatMoment(earning.earned_at)}`],
          [t("Clears"), formatMoment(earning.clears_at)],
          [t("Why"), earning.reason],
        ]}
      />
      <Actions
        allowed={earning.allowed_actions}
        offered={{
          clear: { run: () => decide("clear"), label: t("Clear it now"), quiet: true },
          delay: { run: () => decide("delay"), label: t("Clear it later") },
        }}
      />
      {deciding === "clear" ? (
        <ReasonDialog
          title={t("Clear {left} now", { left: formatMoney(earning.left) })}
          confirm={t("Clear it now")}
          onClose={() => decide(undefined)}
          run={(reason, key) => ask(adminEarningsClearCreate({ path: { lot_id: earning.id }, body: { reason }, headers: withKey(key) }))}
        >
          <Text>{t("{payee} can withdraw it at once; should the card's bank take it back, the marketplace may bear it.", { payee: earning.payee.name })}</Text>
        </ReasonDialog>
      ) : null}
      {deciding === "delay" ? <Delay earning={earning} onClose={() => decide(undefined)} /> : null}
    </>
  );
}

function Delay({ earning, onClose }: { earning: Earning; onClose: () => void }) {
  const [day, setDay] = useState(earning.clears_at.slice(0, 10));
  return (
    <ReasonDialog
      title={t("Clear {left} later", { left: formatMoney(earning.left) })}
      confirm={t("Change the date")}
      onClose={onClose}
      run={(reason, key) =>
        ask(adminEarningsDelayCreate({ path: { lot_id: earning.id }, body: { reason, until: `${day}T00:00:00Z` }, headers: withKey(key) }))
      }
    >
      <Text>{t("{payee} is told the new date. At most 180 days from now.", { payee: earning.payee.name })}</Text>
      <TextInput label={t("Clears on")} type="date" required value={day} onChange={(event) => setDay(event.currentTarget.value)} />
    </ReasonDialog>
  );
}
