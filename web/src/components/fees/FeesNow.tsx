import { plansFeesRetrieve } from "@jobsphere/api-client";
import { formatMoney, type Money } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";
import { Anchor, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { FeesReason, percentWord } from "./FeesReason";

/** Which fees hold for a contractor's next offer, and why. */
export function FeesNow() {
  const fees = useQuery({ queryKey: ["plans", "fees"], queryFn: () => ask(plansFeesRetrieve()) });
  return (
    <Section title={t("Your fees")}>
      {fees.isError ? <Failed error={fees.error} retry={() => void fees.refetch()} /> : null}
      {fees.isPending ? <Loading rows={1} height={96} /> : null}
      {fees.data ? (
        <div className="js-card">
          <Stack gap="xs">
            <Text fw={650}>{t("{share} of what new offers come to", { share: percentWord(fees.data.share) })}</Text>
            {fees.data.reason ? <FeesReason fees={fees.data} /> : <Text size="sm">{t("The usual fees: no plan or tier of yours makes them lower.")}</Text>}
            <Text size="sm" c="dimmed">
              {t("An offer keeps the fees of its day.")}
            </Text>
            <Anchor component={Link} to="/settings/plan" size="sm">
              {t("Plan and tier")}
            </Anchor>
          </Stack>
        </div>
      ) : null}
    </Section>
  );
}

interface FeesOfProps {
  amount: Money;
  category?: string | undefined;
}

/** What would be left of an amount that is being typed. A hint: where it cannot be had, it is not missed. */
export function FeesOf({ amount, category = "" }: FeesOfProps) {
  const [asked] = useDebouncedValue(amount, 400);
  const query = { amount: asked.amount, currency: asked.currency, category };
  const { data } = useQuery({ queryKey: ["plans", "fees", query], queryFn: () => ask(plansFeesRetrieve({ query })), placeholderData: keepPreviousData });
  if (!data) return null;
  return (
    <Stack gap={2} role="status">
      <Text size="sm">{t("As fees are now, you get {payout} of {amount}.", { payout: formatMoney(data.payout), amount: formatMoney(data.amount) })}</Text>
      <FeesReason fees={data} />
    </Stack>
  );
}
