import { type Invoice, invoicesList, invoicesMonthsList, type MonthTotals } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Button, Group, NativeSelect, SegmentedControl, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { LoadMore, usePages } from "@/components/pages";
import { Page } from "@/components/Page";
import { Section } from "@/components/Section";
import { Empty, Failed, Loading } from "@/components/States";
import { useRole } from "@/lib/account";
import { ask } from "@/lib/api";
import { InvoiceRows } from "@/components/invoices/InvoiceRows";
import { MonthStatement } from "./MonthStatement";
import { monthWord } from "@/components/invoices/words";
import { t } from "@jobsphere/domain/text";

type Filters = Partial<Record<"month" | "type", string>>;

/** Invoices and receipts: what I paid for, what I was paid for, and what the marketplace kept. */
export function InvoicesPage() {
  const role = useRole();
  const filters = useSearch({ strict: false }) as Filters;
  const navigate = useNavigate();
  const set = (change: Filters): void => {
    const next = Object.entries({ ...filters, ...change }).filter(([, value]) => value);
    void navigate({ to: "/invoices", search: Object.fromEntries(next) as never, replace: true, resetScroll: false });
  };
  const months = useQuery({ queryKey: ["invoices", "months"], queryFn: () => ask(invoicesMonthsList()) });
  return (
    <Page
      title={role.contractor ? t("Invoices and statements") : t("Invoices and receipts")}
      lead={t("Every payment, refund and fee has its document. Nothing here is left to pay.")}
      aside={
        <Group gap="xs">
          <Button component={Link} to="/settings/tax" variant="default">
            {t("Tax details")}
          </Button>
          {role.contractor ? (
            <Button component={Link} to="/settings/tax-authority" variant="default">
              {t("For the tax authority")}
            </Button>
          ) : null}
        </Group>
      }
    >
      {months.isPending ? <Loading rows={4} height={72} /> : null}
      {months.isError ? <Failed error={months.error} retry={() => void months.refetch()} /> : null}
      {months.data?.length === 0 ? (
        <Empty title={t("No documents yet")} action={<Button component={Link} to="/contracts">{t("See your work")}</Button>}>
          {t("An invoice is drawn up as soon as work is paid, and a credit note when money goes back.")}
        </Empty>
      ) : null}
      {months.data && months.data.length > 0 ? <Documents months={months.data} filters={filters} set={set} /> : null}
    </Page>
  );
}

function Documents({ months, filters, set }: { months: MonthTotals[]; filters: Filters; set: (change: Filters) => void }) {
  const role = useRole();
  const names = [...new Set(months.map((each) => each.month))];
  return (
    <Stack gap="lg">
      <Group gap="sm" align="flex-end" role="search" aria-label={t("Filters")}>
        <NativeSelect
          label={t("Month")}
          value={filters.month ?? ""}
          onChange={(event) => set({ month: event.currentTarget.value })}
          data={[{ value: "", label: t("All months") }, ...names.map((value) => ({ value, label: monthWord(value) }))]}
        />
        <SegmentedControl
          aria-label={t("Which documents")}
          value={filters.type ?? ""}
          onChange={(type) => set({ type })}
          data={[
            { value: "", label: t("All") },
            { value: "invoice", label: t("Invoices") },
            { value: "credit_note", label: t("Credit notes") },
          ]}
        />
      </Group>
      {filters.month && role.contractor ? <MonthStatement month={filters.month} /> : null}
      <List months={months} filters={filters} />
    </Stack>
  );
}

function List({ months, filters }: { months: MonthTotals[]; filters: Filters }) {
  const pages = usePages<Invoice>(["invoices", "list", filters], (cursor) =>
    ask(invoicesList({ query: { ...(filters as object), cursor, page_size: 50 } })),
  );
  if (pages.isError) return <Failed error={pages.error} retry={() => void pages.refetch()} />;
  if (!pages.rows) return <Loading rows={4} height={72} />;
  if (pages.rows.length === 0) return <Text c="dimmed">{t("No document fits these filters.")}</Text>;
  return (
    <>
      {byMonth(pages.rows).map(([month, invoices]) => (
        <Section key={month} title={monthWord(month)} aside={<Totals of={months.filter((each) => each.month === month)} />}>
          <InvoiceRows invoices={invoices} label={monthWord(month)} />
        </Section>
      ))}
      <LoadMore {...pages} />
    </>
  );
}

function Totals({ of }: { of: MonthTotals[] }) {
  return (
    <Group gap="md">
      {of.map((each) => (
        <Text key={`${each.role}${each.gross.currency}`} size="sm" c="dimmed" className="js-number">
          {each.role === "seller" ? t("Invoiced") : t("Paid")} {formatMoney(each.gross)}
        </Text>
      ))}
    </Group>
  );
}

function byMonth(invoices: Invoice[]): [string, Invoice[]][] {
  const found = new Map<string, Invoice[]>();
  for (const each of invoices) {
    const month = each.issued_on.slice(0, 7);
    found.set(month, [...(found.get(month) ?? []), each]);
  }
  return [...found];
}
