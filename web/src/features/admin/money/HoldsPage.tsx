import type { AdminHold } from "@jobsphere/api-client";
import {
  adminHoldsFreezeCreate,
  adminHoldsList,
  adminHoldsRefundCreate,
  adminHoldsReleaseCreate,
  adminHoldsUnfreezeCreate,
} from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Actions } from "@/components/Actions";
import { MoneyBar } from "@/components/MoneyBar";
import { usePages } from "@/components/pages";
import { Status } from "@/components/Status";
import { ask, withKey } from "@/lib/api";
import { formatAgo } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { FilterBar } from "../frame/FilterBar";
import { useFilters } from "../frame/filters";
import { Detail, Facts, Listing, Small } from "../frame/Listing";
import { ReasonDialog } from "../frame/ReasonDialog";
import { Timeline } from "../frame/Timeline";
import { t } from "@jobsphere/domain/text";

const FIELDS = [
  { name: "status", label: t("Status"), values: ["funded", "frozen", "released", "refunded"] },
  { name: "currency", label: t("Currency") },
];

/** Money that is held until work is done, and decisions about it. */
export function HoldsPage() {
  return (
    <AdminPage title={t("Protected money")} right="finance" lead={t("Held milestone by milestone until the work is approved.")}>
      <Holds />
    </AdminPage>
  );
}

function Holds() {
  const { filters, open, set } = useFilters();
  const pages = usePages(["admin", "holds", filters], (cursor) =>
    ask(adminHoldsList({ query: { ...(filters as object), cursor, page_size: 30 } })),
  );
  const shown = pages.rows?.find((row) => row.id === open);
  return (
    <>
      <FilterBar fields={FIELDS} filters={filters} set={set} />
      <Listing
        label={t("Protected money")}
        pages={pages}
        onOpen={(row) => set({ open: row.id })}
        empty={{ title: t("Nothing is held like that"), text: t("Money is held from acceptance until the work is approved.") }}
        columns={[
          { label: t("Customer"), cell: (row) => row.payer.name },
          { label: t("Contractor"), cell: (row) => row.payee.name },
          { label: t("Status"), cell: (row) => <><Status value={row.status} />{row.frozen_reason ? <Small>{row.frozen_reason}</Small> : null}</> },
          { label: t("Since"), cell: (row) => formatAgo(row.created_at) },
          { label: t("Held"), end: true, cell: (row) => formatMoney(row.held) },
        ]}
      />
      <Detail title={t("Protected money")} opened={shown !== undefined} onClose={() => set({ open: undefined })}>
        {shown ? <HoldDetail hold={shown} /> : null}
      </Detail>
    </>
  );
}

type Decision = "release" | "refund" | "freeze" | "unfreeze";

const VERBS = {
  release: adminHoldsReleaseCreate,
  refund: adminHoldsRefundCreate,
  freeze: adminHoldsFreezeCreate,
  unfreeze: adminHoldsUnfreezeCreate,
} as const;

function words(decision: Decision, hold: AdminHold): { title: string; confirm: string; text: string } {
  const held = formatMoney(hold.held);
  return {
    release: { title: t("Release {held}", { held }), confirm: t("Release {held}", { held }), text: t("{payee} gets {payout}, as if the work had been approved.", { payee: hold.payee.name, payout: formatMoney(hold.payout) }) },
    refund: { title: t("Refund {held}", { held }), confirm: t("Refund {held}", { held }), text: t("It goes back to the card of {payer}.", { payer: hold.payer.name }) },
    freeze: { title: t("Freeze this money"), confirm: t("Freeze"), text: t("Nothing of this contract moves until it is unfrozen.") },
    unfreeze: { title: t("Let it move again"), confirm: t("Unfreeze"), text: t("The contract goes on where it stood.") },
  }[decision];
}

function HoldDetail({ hold }: { hold: AdminHold }) {
  const [decision, decide] = useState<Decision | undefined>();
  const said = decision ? words(decision, hold) : undefined;
  return (
    <>
      <div>
        <Text fz="2rem" fw={700} ff="var(--js-heading)" className="js-number">
          {formatMoney(hold.amount)}
        </Text>
        <Status value={hold.status} />
      </div>
      <MoneyBar
        caption={t("How it splits")}
        parts={[
          { label: t("for {payee}", { payee: hold.payee.name }), money: hold.payout, tone: "protected" },
          { label: t("service fee"), money: hold.service_fee, tone: "fees" },
          { label: t("platform fee"), money: hold.platform_fee, tone: "released" },
          { label: t("refunded"), money: hold.refunded, tone: "refunded" },
        ]}
      />
      <Facts
        of={[
          [t("Customer"), hold.payer.name],
          [t("Contractor"), hold.payee.name],
          [t("Frozen"), hold.frozen_reason],
          [t("Contract"), <Link key="c" to="/admin/statement/$contract" params={{ contract: hold.contract_id } as never}>{t("Statement to the cent")}</Link>],
          [t("Payment"), <Link key="p" to="/admin/payments" search={{ open: hold.payment_id } as never}>{t("Its payment")}</Link>],
        ]}
      />
      <Actions
        allowed={hold.allowed_actions}
        offered={{
          release: { run: () => decide("release"), label: t("Release to the contractor"), quiet: true },
          refund: { run: () => decide("refund"), label: t("Refund the customer") },
          freeze: { run: () => decide("freeze"), label: t("Freeze") },
          unfreeze: { run: () => decide("unfreeze"), label: t("Unfreeze"), quiet: true },
        }}
      />
      <Timeline source="hold" id={hold.id} known={[{ at: hold.created_at, what: t("Protected") }]} />
      {decision && said ? (
        <ReasonDialog
          title={said.title}
          confirm={said.confirm}
          onClose={() => decide(undefined)}
          run={(reason, key) => ask(VERBS[decision]({ path: { hold_id: hold.id }, body: { reason }, headers: withKey(key) }))}
        >
          <Text>{said.text}</Text>
        </ReasonDialog>
      ) : null}
    </>
  );
}
