import { type Contract, invoicesList } from "@jobsphere/api-client";
import { useQuery } from "@tanstack/react-query";
import { Section } from "@/components/Section";
import { InvoiceRows } from "@/components/invoices/InvoiceRows";
import { ask } from "@/lib/api";
import { t } from "@jobsphere/domain/text";

/** The invoices, commission invoices and credit notes of this job that are mine. Nothing is drawn before the first. */
export function ContractDocuments({ contract }: { contract: Contract }) {
  const found = useQuery({
    queryKey: ["invoices", "contract", contract.id],
    queryFn: () => ask(invoicesList({ query: { contract_id: contract.id, page_size: 100 } })),
  });
  if (!found.data || found.data.results.length === 0) return null;
  return (
    <Section title={t("Invoices and receipts")}>
      <InvoiceRows invoices={found.data.results} label={t("Invoices and receipts of this job")} />
    </Section>
  );
}
