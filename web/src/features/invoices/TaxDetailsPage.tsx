import { invoicesTaxDetailsRetrieve, invoicesTaxDetailsUpdate, type TaxDetails } from "@jobsphere/api-client";
import { Button, Checkbox, Stack, Switch, Text, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Page } from "@/components/Page";
import { Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { useRole } from "@/lib/account";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { t } from "@jobsphere/domain/text";

/** Who I am on invoices. */
export function TaxDetailsPage() {
  const found = useQuery({ queryKey: ["invoices", "tax-details"], queryFn: () => ask(invoicesTaxDetailsRetrieve()) });
  return (
    <Page title={t("Tax details")} lead={t("Printed on your invoices from now on. Documents that are issued stay as they are.")} narrow>
      {found.isError ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isPending ? <Loading rows={4} height={64} /> : null}
      {found.data ? <DetailsForm details={found.data} /> : null}
    </Page>
  );
}

function DetailsForm({ details }: { details: TaxDetails }) {
  const role = useRole();
  const { missing: _, ...before } = details;
  const [said, setSaid] = useState(before);
  const save = useVerb(
    () => ask(invoicesTaxDetailsUpdate({ body: said })),
    () => {
      notifications.show({ message: t("Kept. Your next documents carry it.") });
    },
  );
  const problem = save.isError ? asProblem(save.error) : undefined;
  const errorOf = (name: string): string | undefined => problem?.at(`/${name}`);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  const text = (name: "legal_name" | "country" | "region" | "tax_number") => ({
    value: said[name],
    onChange: (event: { currentTarget: { value: string } }) => setSaid({ ...said, [name]: event.currentTarget.value }),
    error: errorOf(name),
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Switch
          label={t("I am a business")}
          checked={said.business}
          onChange={(event) => setSaid({ ...said, business: event.currentTarget.checked })}
        />
        <TextInput label={said.business ? t("Registered name") : t("Full name")} autoComplete="name" {...text("legal_name")} />
        <Textarea
          label={t("Address")}
          description={t("Street, postal code and town, one line each.")}
          autosize
          minRows={2}
          autoComplete="street-address"
          value={said.address}
          onChange={(event) => setSaid({ ...said, address: event.currentTarget.value })}
          error={errorOf("address")}
        />
        <TextInput label={t("Country")} description={t("Two letters, such as DE or US.")} maxLength={2} autoComplete="country" {...text("country")} />
        <TextInput label={t("State or region")} description={t("Only where taxes differ by it.")} {...text("region")} />
        {said.business ? (
          <TextInput label={t("Tax number (VAT)")} description={t("We check its digits.")} {...text("tax_number")} />
        ) : null}
        {said.business && role.contractor ? (
          <Checkbox
            label={t("Draw up my invoices for me")}
            description={t("Self-billing: you do not issue your own for work that is paid here. Without it customers get a receipt.")}
            checked={said.self_billing}
            onChange={(event) => setSaid({ ...said, self_billing: event.currentTarget.checked })}
          />
        ) : null}
        {save.isError ? <Failed error={save.error} /> : null}
        <Text size="sm" c="dimmed">
          {t("The tax office may ask for issued documents for years, so they keep what they say. Everything else goes when you delete your account.")}
        </Text>
        <Button type="submit" loading={save.isPending}>
          {t("Keep")}
        </Button>
      </Stack>
    </form>
  );
}
