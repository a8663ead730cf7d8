import type { CurrencyBooks, Transfer } from "@jobsphere/api-client";
import { adminBooksRetrieve, adminTransfersList } from "@jobsphere/api-client";
import { formatMoney, type Money } from "@jobsphere/domain/money";
import { Alert, Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usePages } from "@/components/pages";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { formatMoment } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { FilterBar } from "../frame/FilterBar";
import { useFilters } from "../frame/filters";
import { Detail, Facts, Listing, Small } from "../frame/Listing";
import { Legs } from "../frame/Timeline";
import { accountWord, codeWord, shortId } from "../frame/words";
import classes from "./Books.module.css";
import { t } from "@jobsphere/domain/text";

const FIELDS = [
  { name: "source_type", label: t("Of"), values: ["payment", "hold", "payout", "refund", "chargeback"], word: codeWord },
  {
    name: "kind",
    label: t("Touches"),
    values: ["gateway", "escrow", "wallet", "in_transit", "refund_in_transit", "chargeback", "receivable", "revenue_platform_fee", "revenue_service_fee"],
    word: accountWord,
  },
  { name: "currency", label: t("Currency") },
];

/** The trial balance, its proof, and every transfer. */
export function BooksPage() {
  return (
    <AdminPage title={t("The books")} right="finance" lead={t("Double entry: every movement has two sides, and all of them sum to zero.")}>
      <Trial />
      <Transfers />
    </AdminPage>
  );
}

function Trial() {
  const [proving, prove] = useState(false);
  const books = useQuery({ queryKey: ["admin", "books", proving], queryFn: () => ask(adminBooksRetrieve({ query: { verify: proving } })) });
  if (books.isError) return <Failed error={books.error} retry={() => void books.refetch()} />;
  if (!books.data) return <Loading rows={1} height={320} />;
  const wrong = books.data.verified?.flatMap(({ found }) => found) ?? [];
  return (
    <Section
      title={t("Trial balance")}
      aside={
        <Button variant="default" loading={books.isFetching && proving} onClick={() => (proving ? void books.refetch() : prove(true))}>
          {t("Prove the books")}
        </Button>
      }
    >
      {books.data.verified ? (
        <Alert color={books.data.sound ? "pine" : "red"} variant="outline" title={books.data.sound ? t("The books balance: yes") : t("The books do not balance")}>
          <ul className={classes.checks}>
            {books.data.verified.map(({ name, found }) => (
              <li key={name} className={classes.check} data-wrong={found.length > 0 || undefined}>
                <span aria-hidden>{found.length === 0 ? "✓" : "×"}</span> {codeWord(name)}
                {found.length > 0 ? t(": {count} wrong", { count: found.length }) : ""}
              </li>
            ))}
          </ul>
          {wrong.map((each) => (
            <Text key={`${each.subject}${each.detail}`} mt="xs">
              {each.subject} {each.detail}
            </Text>
          ))}
        </Alert>
      ) : null}
      {books.data.currencies.map((each) => (
        <TrialTable key={each.currency} books={each} />
      ))}
      {books.data.currencies.length === 0 ? <Text c="dimmed">{t("No money has moved yet.")}</Text> : null}
    </Section>
  );
}

function side(signed: Money, debit: boolean): string {
  const shown = debit ? signed.amount > 0 : signed.amount < 0;
  return shown ? formatMoney({ ...signed, amount: Math.abs(signed.amount) }) : "";
}

function TrialTable({ books }: { books: CurrencyBooks }) {
  const lines = books.lines.filter(({ signed }) => signed.amount !== 0);
  const sum = (debit: boolean): Money => ({
    currency: books.currency,
    amount: lines.reduce((total, { signed }) => total + (debit === signed.amount > 0 ? Math.abs(signed.amount) : 0), 0),
  });
  return (
    <div className="js-card">
      <table className={classes.trial}>
        <caption style={{ textAlign: "start" }}>{books.currency}</caption>
        <thead>
          <tr>
            <th scope="col">{t("Account")}</th>
            <th scope="col" className={classes.roomy}>{t("How many")}</th>
            <th scope="col">{t("Debit")}</th>
            <th scope="col">{t("Credit")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.kind}>
              <td>{accountWord(line.kind)}</td>
              <td className={classes.roomy}>{line.accounts}</td>
              <td>{side(line.signed, true)}</td>
              <td>{side(line.signed, false)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("Both sides")}</th>
            <td className={classes.roomy} />
            <td>{formatMoney(sum(true))}</td>
            <td>{formatMoney(sum(false))}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Transfers() {
  const { filters, open, set } = useFilters();
  const pages = usePages<Transfer>(["admin", "transfers", filters], (cursor) =>
    ask(adminTransfersList({ query: { ...(filters as object), cursor, page_size: 30 } })),
  );
  const shown = pages.rows?.find((row) => row.id === open);
  return (
    <Section title={t("Every transfer")}>
      <FilterBar fields={FIELDS} filters={filters} set={set} />
      <Listing
        label={t("Transfers")}
        pages={pages}
        onOpen={(row) => set({ open: row.id })}
        empty={{ title: t("No transfer fits"), text: t("Take a filter away.") }}
        columns={[
          { label: t("What"), cell: (row) => codeWord(row.code) },
          { label: t("Of"), cell: (row) => <>{codeWord(row.source_type)}<Small>{shortId(row.source_id)}</Small></> },
          { label: t("Booked"), cell: (row) => formatMoment(row.posted_at) },
          { label: t("Amount"), end: true, cell: (row) => formatMoney(moved(row)) },
        ]}
      />
      <Detail title={t("Transfer")} opened={shown !== undefined} onClose={() => set({ open: undefined })}>
        {shown ? (
          <>
            <Text fz="1.5rem" fw={700} ff="var(--js-heading)">
              {codeWord(shown.code)}
            </Text>
            <Legs transfer={shown} />
            <Facts
              of={[
                [t("Of"), `${shown.source_type} ${shown.source_id}`],
                [t("Booked"), formatMoment(shown.posted_at)],
                [t("Memo"), shown.memo],
                [t("Reference"), shown.reference],
                [t("Id"), shown.id],
              ]}
            />
          </>
        ) : null}
      </Detail>
    </Section>
  );
}

/** What a transfer moved: the sum of one of its sides. */
function moved(transfer: Transfer): Money {
  return { currency: transfer.currency, amount: transfer.legs.reduce((sum, { signed }) => sum + Math.max(0, signed.amount), 0) };
}
