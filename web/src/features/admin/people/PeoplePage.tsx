import { type AdminPerson, adminUsersList } from "@jobsphere/api-client";
import { usePages } from "@/components/pages";
import { ask } from "@/lib/api";
import { formatAgo } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { FilterBar } from "../frame/FilterBar";
import { useFilters } from "../frame/filters";
import { Detail, Listing, Small } from "../frame/Listing";
import { codeWord } from "../frame/words";
import { PersonDetail } from "./PersonDetail";
import { RIGHTS } from "./rights";
import { t } from "@jobsphere/domain/text";

const FIELDS = [
  { name: "search", label: t("Name or address") },
  { name: "role", label: t("Role"), values: ["customer", "contractor", "admin"], word: codeWord },
  { name: "right", label: t("Right"), values: RIGHTS.map(({ right }) => right), word: codeWord },
  { name: "active", label: t("Account"), values: ["true", "false"], word: (value: string) => (value === "true" ? t("Open") : t("Closed")) },
];

/** Everybody with an account: who they are here, and what staff may do. */
export function PeoplePage() {
  return (
    <AdminPage title={t("People")} right="users" lead={t("Accounts, and the rights of staff. Every decision is kept with its reason.")}>
      <People />
    </AdminPage>
  );
}

function People() {
  const { filters, open, set } = useFilters();
  const pages = usePages<AdminPerson>(["admin", "people", filters], (cursor) =>
    ask(adminUsersList({ query: { ...(filters as object), cursor, page_size: 30 } })),
  );
  return (
    <>
      <FilterBar fields={FIELDS} filters={filters} set={set} />
      <Listing
        label={t("People")}
        pages={pages}
        onOpen={(row) => set({ open: row.id })}
        empty={{ title: t("Nobody fits"), text: t("No account has what these filters ask for.") }}
        columns={[
          { label: t("Name"), cell: (row) => row.name },
          { label: t("Address"), cell: (row) => <>{row.email}{row.email_verified ? null : <Small>{t("not confirmed")}</Small>}</> },
          { label: t("Roles"), cell: (row) => [...row.roles, ...row.rights].join(", ") || "none" },
          { label: t("Account"), cell: (row) => (row.active ? "open" : "closed") },
          { label: t("Last here"), cell: (row) => (row.last_seen_at ? formatAgo(row.last_seen_at) : "never") },
        ]}
      />
      <Detail title={t("Person")} opened={Boolean(open)} onClose={() => set({ open: undefined })}>
        <PersonDetail id={open ?? ""} />
      </Detail>
    </>
  );
}
