import { type SellerDetails, sellerDetailsRetrieve, sellerDetailsUpdate, sellerDetailsYearsList, sellerDetailsYears1099KRetrieve, type SellerRow } from "@jobsphere/api-client";
import { Button, Checkbox, Group, NativeSelect, Stack, Switch, Table, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { formatMoney } from "@jobsphere/domain/money";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Page } from "@/components/Page";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { saveFile } from "@/lib/saveFile";
import { t } from "@jobsphere/domain/text";

/** Who I am for a tax authority, and what it is told of my year. */
export function SellerDetailsPage() {
  const found = useQuery({ queryKey: ["seller-details"], queryFn: () => ask(sellerDetailsRetrieve()) });
  return (
    <Page title={t("For the tax authority")} lead={t("The law has us report what contractors earn here. What you write is kept sealed, and only administrators read it.")} narrow>
      {found.isError ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isPending ? <Loading rows={6} height={64} /> : null}
      {found.data ? <DetailsForm details={found.data} /> : null}
      <MyYear />
    </Page>
  );
}

type Said = Omit<SellerDetails, "missing" | "asked_at" | "withheld">;

function DetailsForm({ details }: { details: SellerDetails }) {
  const { missing, asked_at: _, withheld, ...before } = details;
  const [said, setSaid] = useState<Said>(before);
  const save = useVerb<void, SellerDetails>(
    () => ask(sellerDetailsUpdate({ body: said })),
    (now) => {
      notifications.show({ message: (now.missing ?? []).length > 0 ? t("Kept. Something is still missing.") : t("Kept. Nothing is missing.") });
    },
  );
  const problem = save.isError ? asProblem(save.error) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  const text = (name: Exclude<keyof Said, "kind" | "no_tin">) => ({
    value: said[name] ?? "",
    onChange: (event: { currentTarget: { value: string } }) => setSaid({ ...said, [name]: event.currentTarget.value }),
    error: problem?.at(`/${name}`) ?? (missing.includes(name) && !said[name] ? t("This is missing.") : undefined),
  });
  const isPerson = said.kind !== "entity";
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {withheld ? (
          <div role="alert" className="js-card">
            <Text fw={700}>{t("Your withdrawals wait for this")}</Text>
            <Text>{t("They go on as soon as nothing is missing. Your money stays yours.")}</Text>
          </div>
        ) : null}
        <Switch
          label={t("A company earns it, not I as a person")}
          checked={!isPerson}
          onChange={(event) => setSaid({ ...said, kind: event.currentTarget.checked ? "entity" : "person" })}
        />
        {isPerson ? (
          <Group grow align="flex-start">
            <TextInput label={t("First name")} autoComplete="given-name" {...text("first_name")} />
            <TextInput label={t("Last name")} autoComplete="family-name" {...text("last_name")} />
          </Group>
        ) : (
          <>
            <TextInput label={t("Registered name")} {...text("legal_name")} />
            <TextInput label={t("Registration number (optional)")} {...text("registration_number")} />
          </>
        )}
        <TextInput label={t("Country of residence")} description={t("Two letters, such as DE or US.")} maxLength={2} autoComplete="country" {...text("country")} />
        <TextInput label={t("Street and number")} autoComplete="address-line1" {...text("street")} />
        <Group grow align="flex-start">
          <TextInput label={t("Postal code")} autoComplete="postal-code" {...text("post_code")} />
          <TextInput label={t("Town")} autoComplete="address-level2" {...text("city")} />
        </Group>
        <TextInput label={t("State or province (optional)")} {...text("region")} />
        {isPerson ? <TextInput type="date" label={t("Day of birth")} autoComplete="bday" {...text("birth_date")} /> : null}
        <TextInput label={t("Tax identification number")} description={t("We check its digits here; nobody is asked.")} autoComplete="off" {...text("tin")} />
        <Checkbox
          label={t("My country gives me no such number")}
          checked={said.no_tin === "yes"}
          onChange={(event) => setSaid({ ...said, no_tin: event.currentTarget.checked ? "yes" : "" })}
        />
        {isPerson && said.no_tin === "yes" ? (
          <Group grow align="flex-start">
            <TextInput label={t("Town of birth")} {...text("birth_city")} />
            <TextInput label={t("Country of birth")} maxLength={2} {...text("birth_country")} />
          </Group>
        ) : null}
        <TextInput label={t("VAT number (optional)")} {...text("vat_number")} />
        <TextInput label={t("Bank account (optional)")} description={t("IBAN, or the account number.")} autoComplete="off" {...text("account")} />
        <TextInput label={t("Holder of the account (optional)")} {...text("account_holder")} />
        {save.isError ? <Failed error={save.error} /> : null}
        <Button type="submit" loading={save.isPending}>
          {t("Keep")}
        </Button>
      </Stack>
    </form>
  );
}

function MyYear() {
  const now = new Date().getFullYear();
  const [year, setYear] = useState(now);
  const found = useQuery({ queryKey: ["seller-details", "years", year], queryFn: () => ask(sellerDetailsYearsList({ path: { year: String(year) } })) });
  const form = useVerb(
    () => ask(sellerDetailsYears1099KRetrieve({ path: { year: String(year) }, parseAs: "blob" })),
    (file) => saveFile(file, `1099-k-${year}.pdf`, "application/pdf"),
  );
  const mine = found.data?.[0];
  return (
    <Section title={t("What is reported of you")}>
      <NativeSelect label={t("Year")} w={130} data={[now, now - 1, now - 2].map(String)} value={String(year)} onChange={(event) => setYear(Number(event.currentTarget.value))} />
      {found.isError ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isPending ? <Loading rows={2} height={64} /> : null}
      {found.data && !mine ? <Text>{t("You earned nothing in this year, so nothing is reported.")}</Text> : null}
      {mine ? <Quarters seller={mine} /> : null}
      {mine?.regime === "1099-k" && mine.reported_at ? (
        <Group>
          <Button variant="default" loading={form.isPending} onClick={() => form.mutate()}>
            {t("Download form 1099-K")}
          </Button>
        </Group>
      ) : null}
      {form.isError ? <Failed error={form.error} /> : null}
    </Section>
  );
}

function Quarters({ seller }: { seller: SellerRow }) {
  const sum = (months: number[], quarter: number): number => months.slice(quarter * 3, quarter * 3 + 3).reduce((all, each) => all + each, 0);
  return (
    <>
      {seller.figures.map((each) => (
        <Table.ScrollContainer key={each.currency} minWidth={300}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t("Quarter")}</Table.Th>
                <Table.Th scope="col">{t("You got")}</Table.Th>
                <Table.Th scope="col">{t("Our fees")}</Table.Th>
                <Table.Th scope="col">{t("Jobs paid")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {[0, 1, 2, 3].map((quarter) => (
                <Table.Tr key={quarter}>
                  <Table.Th scope="row">{quarter + 1}</Table.Th>
                  <Table.Td className="js-number">{formatMoney({ amount: sum(each.paid, quarter), currency: each.currency })}</Table.Td>
                  <Table.Td className="js-number">{formatMoney({ amount: sum(each.fees, quarter), currency: each.currency })}</Table.Td>
                  <Table.Td className="js-number">{sum(each.activities, quarter)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ))}
    </>
  );
}
