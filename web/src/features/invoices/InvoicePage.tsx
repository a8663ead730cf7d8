import { invoicesRetrieve } from "@jobsphere/api-client";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Page } from "@/components/Page";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { formatDay } from "@/lib/time";
import classes from "@/components/invoices/Invoices.module.css";
import { InvoiceBody, Save } from "@/components/invoices/InvoiceBody";
import { amountOf, headingOf } from "@/components/invoices/words";
import { t } from "@jobsphere/domain/text";

/** One document, as it was issued, to read and to save. */
export function InvoicePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery({ queryKey: ["invoices", "one", id], queryFn: () => ask(invoicesRetrieve({ path: { invoice_id: id } })) });
  if (found.isError) {
    return (
      <Page title={t("Invoice")}>
        <Failed error={found.error} retry={() => void found.refetch()} />
      </Page>
    );
  }
  if (!found.data) {
    return (
      <Page title={t("Invoice")}>
        <Loading rows={2} height={220} />
      </Page>
    );
  }
  const invoice = found.data;
  return (
    <Page title={`${invoice.heading} ${invoice.number}`} lead={`${headingOf(invoice)} · ${formatDay(invoice.issued_on)}`}>
      <Stack className="js-card" gap="md">
        <Text className={classes.total}>{amountOf(invoice)}</Text>
        <Save invoice={invoice} />
      </Stack>
      <InvoiceBody invoice={invoice} />
      <Group gap="sm">
        {invoice.contract_id ? (
          <Button component={Link} to={`/contracts/${invoice.contract_id}`} variant="default">
            {t("Open the job")}
          </Button>
        ) : null}
        {invoice.corrects_id ? (
          <Button component={Link} to={`/invoices/${invoice.corrects_id}`} variant="default">
            {t("The invoice it corrects")}
          </Button>
        ) : null}
      </Group>
    </Page>
  );
}
