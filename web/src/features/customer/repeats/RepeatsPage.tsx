import { repeatsList } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Anchor, Group, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ownZone, wordsIn } from "@/components/bookings/zones";
import { Page } from "@/components/Page";
import { Empty, Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { ask } from "@/lib/api";
import { everyWords } from "./words";
import { t } from "@jobsphere/domain/text";

/** Everything that repeats, as a customer or a contractor. */
export function RepeatsPage() {
  const found = useQuery({ queryKey: ["repeats"], queryFn: () => ask(repeatsList({ query: { page_size: 50 } })) });
  return (
    <Page title={t("What repeats")} lead={t("Weekly or monthly work: each date is made and paid by itself, and protected like any other.")} narrow>
      {found.isError ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : !found.data ? (
        <Loading rows={2} height={110} />
      ) : found.data.results.length === 0 ? (
        <Empty title={t("Nothing repeats yet")}>{t("Open something that you have booked and choose “Repeat this”.")}</Empty>
      ) : (
        found.data.results.map((each) => (
          <article key={each.id} className="js-card" aria-label={each.title}>
            <Group justify="space-between" align="baseline">
              <Title order={2} size="h4">
                <Anchor component={Link} to={`/repeats/${each.id}`} inherit>
                  {each.title}
                </Anchor>
              </Title>
              <Status value={each.needs_customer ? "needs_customer" : each.status} />
            </Group>
            <Text>
              {everyWords(each.every)} · {formatMoney(each.price)}
            </Text>
            {each.next_at ? <Text c="dimmed">{t("Next on {when}", { when: wordsIn(each.next_at, ownZone()) })}</Text> : null}
          </article>
        ))
      )}
    </Page>
  );
}
