import {
  adminBrandRetrieve,
  adminBrandUpdate,
  adminTaxRatesCreate,
  adminTaxRatesEndCreate,
  adminTaxRatesList,
  type AddTaxRateRequest,
  type Brand,
  type TaxRate,
} from "@jobsphere/api-client";
import { Button, FileButton, Group, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Row, Rows } from "@/components/Rows";
import { Section } from "@/components/Section";
import { Empty, Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { formatDay } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { t } from "@jobsphere/domain/text";

const TREATMENTS = [
  { value: "standard", label: t("Standard rate") },
  { value: "reduced", label: t("Reduced rate") },
  { value: "zero", label: t("Zero rate") },
  { value: "exempt", label: t("Exempt") },
];
const SUPPLIES = [
  { value: "fees", label: t("Our fees") },
  { value: "work", label: t("Contractors' work") },
];

/** Which tax is in the prices, and what documents look like. */
export function TaxesPage() {
  return (
    <AdminPage
      title={t("Taxes and brand")}
      right="finance"
      lead={t("Prices contain their tax, so what customers pay stays the same. Issued documents keep the rate of their day.")}
    >
      <Rates />
      <BrandSection />
    </AdminPage>
  );
}

function Rates() {
  const rates = useQuery({ queryKey: ["admin", "tax-rates"], queryFn: () => ask(adminTaxRatesList()) });
  if (rates.isError) return <Failed error={rates.error} retry={() => void rates.refetch()} />;
  if (!rates.data) return <Loading rows={2} height={72} />;
  return (
    <Section title={t("Tax rates")}>
      {rates.data.length === 0 ? (
        <Empty title={t("No tax yet")}>{t("Until there is a rate, documents show no tax and you owe none.")}</Empty>
      ) : (
        <Rows label={t("Tax rates")}>
          {rates.data.map((rate) => (
            <OneRate key={rate.id} rate={rate} />
          ))}
        </Rows>
      )}
      <AddRate />
    </Section>
  );
}

function OneRate({ rate }: { rate: TaxRate }) {
  const end = useVerb(() =>
    ask(adminTaxRatesEndCreate({ path: { rate_id: rate.id }, body: { valid_until: new Date().toISOString().slice(0, 10) } })),
  );
  const where = [rate.country, rate.region, rate.category].filter(Boolean).join(", ");
  const until = rate.valid_until ? `${formatDay(rate.valid_from)} to ${formatDay(rate.valid_until)}` : t("from {day}", { day: formatDay(rate.valid_from) });
  return (
    <Row
      title={`${rate.name} ${rate.basis_points / 100} %`}
      text={`${where} · ${SUPPLIES.find((each) => each.value === rate.supply)?.label ?? rate.supply} · ${until}`}
      under={end.isError ? <Failed error={end.error} /> : undefined}
      end={
        rate.allowed_actions.includes("end") ? (
          <Button variant="default" size="sm" loading={end.isPending} onClick={() => end.mutate()} aria-label={t("End {rate} in {where} today", { rate: rate.name, where })}>
            {t("End today")}
          </Button>
        ) : null
      }
    />
  );
}

const NEW: AddTaxRateRequest = { country: "", supply: "fees", treatment: "standard", basis_points: 0, name: "VAT", valid_from: "" };

function AddRate() {
  const [said, setSaid] = useState<AddTaxRateRequest>(NEW);
  const [percent, setPercent] = useState("");
  const add = useVerb(
    () => ask(adminTaxRatesCreate({ body: { ...said, basis_points: Math.round(Number(percent.replace(",", ".") || 0) * 100) } })),
    () => {
      notifications.show({ message: t("The rate holds from its day on.") });
      setSaid(NEW);
      setPercent("");
    },
  );
  const problem = add.isError ? asProblem(add.error) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate();
  };
  const text = (name: "country" | "region" | "category" | "name" | "valid_from" | "reason") => ({
    value: said[name] ?? "",
    onChange: (event: { currentTarget: { value: string } }) => setSaid({ ...said, [name]: event.currentTarget.value }),
    error: problem?.at(`/${name}`),
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack className="js-card">
        <Text fw={650}>{t("Add a rate")}</Text>
        <Group gap="sm" align="flex-start">
          <TextInput label={t("Country")} maxLength={2} w={90} {...text("country")} />
          <TextInput label={t("Region")} {...text("region")} />
          <TextInput label={t("Trade")} {...text("category")} />
          <NativeSelect
            size="md"
            label={t("On")}
            data={SUPPLIES}
            value={said.supply}
            onChange={(event) => setSaid({ ...said, supply: event.currentTarget.value as AddTaxRateRequest["supply"] })}
          />
          <NativeSelect
            size="md"
            label={t("How")}
            data={TREATMENTS}
            value={said.treatment}
            onChange={(event) => setSaid({ ...said, treatment: event.currentTarget.value as AddTaxRateRequest["treatment"] })}
          />
          <TextInput
            label={t("Percent")}
            inputMode="decimal"
            w={100}
            value={percent}
            onChange={(event) => setPercent(event.currentTarget.value)}
            error={problem?.at("/basis_points")}
          />
          <TextInput label={t("Name")} w={120} {...text("name")} />
          <TextInput label={t("From")} type="date" {...text("valid_from")} />
        </Group>
        <TextInput label={t("Why nothing is charged")} description={t("For exempt and zero rates; printed on documents.")} {...text("reason")} />
        {add.isError ? <Failed error={add.error} /> : null}
        <Button type="submit" loading={add.isPending} style={{ alignSelf: "flex-start" }}>
          {t("Add the rate")}
        </Button>
      </Stack>
    </form>
  );
}

function BrandSection() {
  const brand = useQuery({ queryKey: ["admin", "brand"], queryFn: () => ask(adminBrandRetrieve()) });
  if (brand.isError) return <Failed error={brand.error} retry={() => void brand.refetch()} />;
  if (!brand.data) return <Loading rows={1} height={260} />;
  return (
    <Section title={t("On documents")}>
      <BrandForm brand={brand.data} />
    </Section>
  );
}

function BrandForm({ brand }: { brand: Brand }) {
  const [said, setSaid] = useState(brand);
  const save = useVerb(
    () => ask(adminBrandUpdate({ body: said })),
    () => {
      notifications.show({ message: t("The next documents look like this.") });
    },
  );
  const problem = save.isError ? asProblem(save.error) : undefined;
  const text = (name: "name" | "country" | "tax_number" | "colour" | "footer") => ({
    value: said[name],
    onChange: (event: { currentTarget: { value: string } }) => setSaid({ ...said, [name]: event.currentTarget.value }),
    error: problem?.at(`/${name}`),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack className="js-card">
        <TextInput label={t("Registered name")} {...text("name")} />
        <Textarea
          label={t("Address")}
          autosize
          minRows={2}
          value={said.address}
          onChange={(event) => setSaid({ ...said, address: event.currentTarget.value })}
          error={problem?.at("/address")}
        />
        <Group gap="sm" align="flex-start">
          <TextInput label={t("Country")} maxLength={2} w={90} {...text("country")} />
          <TextInput label={t("Tax number")} {...text("tax_number")} />
          <TextInput label={t("Colour")} w={120} {...text("colour")} />
        </Group>
        <TextInput label={t("Footer")} description={t("Register, bank, managing directors.")} {...text("footer")} />
        <Group gap="sm">
          {said.logo ? <img src={`data:image/png;base64,${said.logo}`} alt={t("The logo on documents")} height={40} /> : null}
          <FileButton accept="image/png,image/jpeg" onChange={(file) => void read(file, (logo) => setSaid({ ...said, logo }))}>
            {(props) => (
              <Button variant="default" {...props}>
                {t("Choose a logo")}
              </Button>
            )}
          </FileButton>
          {said.logo ? (
            <Button variant="subtle" onClick={() => setSaid({ ...said, logo: "" })}>
              {t("No logo")}
            </Button>
          ) : null}
        </Group>
        {save.isError ? <Failed error={save.error} /> : null}
        <Button type="submit" loading={save.isPending} style={{ alignSelf: "flex-start" }}>
          {t("Keep")}
        </Button>
      </Stack>
    </form>
  );
}

async function read(file: File | null, use: (base64: string) => void): Promise<void> {
  if (!file) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  use(btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), "")));
}
