import type { AdminOperation } from "@jobsphere/api-client";
import { adminOperationsList, adminOperationsRetrieve, adminOperationsRetryCreate } from "@jobsphere/api-client";
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Actions } from "@/components/Actions";
import { usePages } from "@/components/pages";
import { Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { ask, withKey } from "@/lib/api";
import { formatAgo, formatMoment } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { FilterBar } from "../frame/FilterBar";
import { useFilters } from "../frame/filters";
import { Detail, Facts, Listing, Small } from "../frame/Listing";
import { ReasonDialog } from "../frame/ReasonDialog";
import { codeWord, shortId } from "../frame/words";
import { t } from "@jobsphere/domain/text";

const FIELDS = [
  {
    name: "status",
    label: t("Status"),
    values: ["unknown", "rejected", "pending", "in_flight", "succeeded", "action_required", "declined", "cancelled"],
  },
  {
    name: "kind",
    label: t("What"),
    values: ["authorize", "confirm", "capture", "void", "refund", "transfer", "reverse_transfer", "pay_out", "onboard"],
    word: codeWord,
  },
  { name: "gateway", label: t("Gateway") },
];

/** What was asked of gateways; first of all what nobody knows the outcome of. */
export function OperationsPage() {
  return (
    <AdminPage
      title={t("Asked of gateways")}
      right="finance"
      lead={t("Without a status: what is unknown, stuck or rejected. Asking again never does anything twice.")}
    >
      <Operations />
    </AdminPage>
  );
}

function Operations() {
  const { filters, open, set } = useFilters();
  const pages = usePages(["admin", "operations", filters], (cursor) =>
    ask(adminOperationsList({ query: { ...(filters as object), cursor, page_size: 30 } })),
  );
  return (
    <>
      <FilterBar fields={FIELDS} filters={filters} set={set} />
      <Listing
        label={t("Gateway operations")}
        pages={pages}
        onOpen={(row) => set({ open: row.id })}
        empty={{ title: t("Nothing waits for an answer"), text: t("Every operation has an outcome. Choose a status to see those.") }}
        columns={[
          { label: t("What"), cell: (row) => codeWord(row.kind) },
          { label: t("Of"), cell: (row) => <>{codeWord(row.subject_type)}<Small>{shortId(row.subject_id)} · {row.gateway}</Small></> },
          {
            label: t("Status"),
            cell: (row) => (
              <>
                <Status value={row.status} />
                {row.stuck ? <Small>{t("Stuck: asked {attempts} times", { attempts: row.attempts })}</Small> : null}
              </>
            ),
          },
          { label: t("Asked"), cell: (row) => formatAgo(row.first_sent_at ?? row.created_at) },
        ]}
      />
      <Detail title={t("Gateway operation")} opened={Boolean(open)} onClose={() => set({ open: undefined })}>
        <OperationDetail id={open ?? ""} />
      </Detail>
    </>
  );
}

function OperationDetail({ id }: { id: string }) {
  const [asking, setAsking] = useState(false);
  const operation = useQuery({
    queryKey: ["admin", "operation", id],
    queryFn: () => ask(adminOperationsRetrieve({ path: { operation_id: id } })),
  });
  if (operation.isError) return <Failed error={operation.error} retry={() => void operation.refetch()} />;
  if (!operation.data) return <Loading rows={3} height={60} />;
  const { data } = operation;
  return (
    <>
      <div>
        <Text fz="1.5rem" fw={700} ff="var(--js-heading)">
          {codeWord(data.kind)}
        </Text>
        <Status value={data.status} />
      </div>
      <Facts of={facts(data)} />
      <Actions allowed={data.allowed_actions} offered={{ retry: { run: () => setAsking(true), label: t("Ask the gateway now") } }} />
      {asking ? (
        <ReasonDialog
          title={t("Ask the gateway now")}
          confirm={t("Ask now")}
          onClose={() => setAsking(false)}
          run={(reason, key) => ask(adminOperationsRetryCreate({ path: { operation_id: id }, body: { reason }, headers: withKey(key) }))}
        >
          <Text>{t("The same key is sent, or the gateway is asked what happened: nothing is done twice.")}</Text>
        </ReasonDialog>
      ) : null}
    </>
  );
}

function facts(operation: AdminOperation): [string, string][] {
  const moment = (value: string | null): string => (value ? formatMoment(value) : "");
  return [
    [t("Of"), `${operation.subject_type} ${operation.subject_id}`],
    [t("Gateway"), operation.gateway],
    [t("There"), operation.gateway_object_id],
    [t("Attempts"), String(operation.attempts)],
    [t("First asked"), moment(operation.first_sent_at)],
    [t("Next attempt"), operation.settled_at ? "" : moment(operation.next_attempt_at)],
    [t("Settled"), moment(operation.settled_at)],
    [t("Last error"), operation.last_error],
  ];
}
