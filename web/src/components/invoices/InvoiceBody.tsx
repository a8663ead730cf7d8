import { type Invoice, invoicesPdfRetrieve, invoicesUblRetrieve, type Party } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Button, Group, Stack, Text } from "@mantine/core";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { saveFile } from "@/lib/saveFile";
import classes from "./Invoices.module.css";
import { t } from "@jobsphere/domain/text";

/** PDF for people, UBL for their software. */
export function Save({ invoice }: { invoice: Invoice }) {
  const path = { invoice_id: invoice.id };
  const pdf = useVerb(
    () => ask(invoicesPdfRetrieve({ path, parseAs: "blob" })),
    (file) => saveFile(file, `${invoice.number}.pdf`),
  );
  const ubl = useVerb(
    () => ask(invoicesUblRetrieve({ path, parseAs: "blob" })),
    (file) => saveFile(file, `${invoice.number}.xml`),
  );
  return (
    <>
      {pdf.isError ? <Failed error={pdf.error} /> : null}
      {ubl.isError ? <Failed error={ubl.error} /> : null}
      <Group gap="sm">
        <Button loading={pdf.isPending} onClick={() => pdf.mutate()}>
          {t("Download PDF")}
        </Button>
        <Button variant="default" loading={ubl.isPending} onClick={() => ubl.mutate()}>
          {t("For your software (UBL)")}
        </Button>
      </Group>
    </>
  );
}

/** What a document says: parties, lines, sums, notes. */
export function InvoiceBody({ invoice }: { invoice: Invoice }) {
  const taxed = invoice.tax.amount !== 0;
  return (
    <>
      <div className={classes.parties}>
        <PartyOf title={t("From")} party={invoice.seller} />
        <PartyOf title={t("To")} party={invoice.buyer} />
      </div>
      <Section title={t("What it is for")}>
        <Stack className="js-card" gap="sm">
          <dl className={classes.sums}>
            {invoice.lines.map((line, index) => (
              <div key={index}>
                <dt>{line.description}</dt>
                <dd className="js-number">{formatMoney(line.gross)}</dd>
              </div>
            ))}
            <div data-strong>
              <dt>{t("Total")}</dt>
              <dd className="js-number">{formatMoney(invoice.gross)}</dd>
            </div>
            {taxed ? (
              <>
                <div>
                  <dt>{t("Net")}</dt>
                  <dd className="js-number">{formatMoney(invoice.net)}</dd>
                </div>
                <div>
                  <dt>
                    {t("{taxName} {basisPoints} %, included", { taxName: invoice.tax_name, basisPoints: invoice.basis_points / 100 })}
                  </dt>
                  <dd className="js-number">{formatMoney(invoice.tax)}</dd>
                </div>
              </>
            ) : null}
          </dl>
          {invoice.notes.map((note) => (
            <Text key={note} size="sm" c="dimmed">
              {note}
            </Text>
          ))}
        </Stack>
      </Section>
    </>
  );
}

function PartyOf({ title, party }: { title: string; party: Party }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {title}
      </Text>
      <Text fw={650}>{party.name || t("No longer here")}</Text>
      {party.address ? <p>{party.address}</p> : null}
      {party.country ? <p>{party.country}</p> : null}
      {party.tax_number ? <p>{t("Tax number {taxNumber}", { taxNumber: party.tax_number })}</p> : null}
    </div>
  );
}
