import { adminInvoicesDocumentsRetrieve, adminInvoicesList, adminInvoicesPostingsRetrieve, type Invoice } from "@jobsphere/api-client";
import { Button, Group, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { amountOf, headingOf, kindWord } from "@/components/invoices/words";
import { usePages } from "@/components/pages";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { InvoiceBody, Save } from "@/components/invoices/InvoiceBody";
import { ask } from "@/lib/api";
import { saveFile } from "@/lib/saveFile";
import { formatDay } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { FilterBar } from "../frame/FilterBar";
import { useFilters } from "../frame/filters";
import { Detail, Listing, Small } from "../frame/Listing";
import { t } from "@jobsphere/domain/text";

const FIELDS = [
  { name: "search", label: t("Number") },
  { name: "month", label: t("Month, such as 2026-11") },
  { name: "kind", label: t("About"), values: ["work", "platform_fee", "service_fee", "payout_fee", "kept_fee"], word: kindWord },
  {
    name: "type",
    label: t("Type"),
    values: ["invoice", "credit_note"],
    word: (value: string) => (value === "invoice" ? t("Invoices") : t("Credit notes")),
  },
];

/** Everybody's documents, and what accountants take home. */
export function InvoicesPage() {
  return (
    <AdminPage
      title={t("Invoices")}
      right="finance"
      lead={t("Drawn up by the worker from every release, refund and fee. Reconciliation names what has none.")}
    >
      <Exports />
      <Documents />
    </AdminPage>
  );
}

function Exports() {
  const [month, setMonth] = useState(new Date().toISOString().slice(0, 7));
  const documents = useVerb(
    () => ask(adminInvoicesDocumentsRetrieve({ query: { month }, parseAs: "blob" })),
    (file) => saveFile(file, `documents-${month}.csv`, "text/csv"),
  );
  const postings = useVerb(
    () => ask(adminInvoicesPostingsRetrieve({ query: { month }, parseAs: "blob" })),
    (file) => saveFile(file, `postings-${month}.csv`, "text/csv"),
  );
  return (
    <Section title={t("For the accountant")}>
      <Group gap="sm" align="flex-end">
        <TextInput
          label={t("Month")}
          value={month}
          onChange={(event) => setMonth(event.currentTarget.value)}
          placeholder="2026-11"
          size="sm"
          w={130}
        />
        <Button size="sm" variant="default" loading={documents.isPending} onClick={() => documents.mutate()}>
          {t("All documents (CSV)")}
        </Button>
        <Button size="sm" variant="default" loading={postings.isPending} onClick={() => postings.mutate()}>
          {t("All postings (CSV)")}
        </Button>
      </Group>
      {documents.isError ? <Failed error={documents.error} /> : null}
      {postings.isError ? <Failed error={postings.error} /> : null}
    </Section>
  );
}

function Documents() {
  const { filters, open, set } = useFilters();
  const pages = usePages<Invoice>(["admin", "invoices", filters], (cursor) =>
    ask(adminInvoicesList({ query: { ...(filters as object), cursor, page_size: 30 } })),
  );
  const shown = pages.rows?.find((row) => row.id === open);
  return (
    <>
      <FilterBar fields={FIELDS} filters={filters} set={set} />
      <Listing
        label={t("Documents")}
        pages={pages}
        onOpen={(row) => set({ open: row.id })}
        empty={{ title: t("No document fits"), text: t("A document is drawn up when money is released, refunded or kept as a fee.") }}
        columns={[
          { label: t("Number"), cell: (row) => row.number },
          { label: t("About"), cell: (row) => <>{headingOf(row)}<Small>{row.title}</Small></> },
          { label: t("From, to"), cell: (row) => <>{row.seller.name}<Small>{row.buyer.name}</Small></> },
          { label: t("Issued"), cell: (row) => formatDay(row.issued_on) },
          { label: t("Amount"), end: true, cell: (row) => amountOf(row) },
        ]}
      />
      <Detail title={shown ? `${shown.heading} ${shown.number}` : t("Document")} opened={Boolean(open)} onClose={() => set({ open: undefined })}>
        {shown ? (
          <>
            <Text fz="1.5rem" fw={700} ff="var(--js-heading)">
              {amountOf(shown)}
            </Text>
            <InvoiceBody invoice={shown} />
            <Save invoice={shown} />
          </>
        ) : null}
      </Detail>
    </>
  );
}
