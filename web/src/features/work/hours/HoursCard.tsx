import {
  type Contract,
  hourlyDealsEndCreate,
  hourlyDealsList,
  hourlyDealsWeeksList,
  type HourlyDeal,
  type HourlyWeek,
} from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";
import { Button, Group, NativeSelect, Stack, Text, Textarea, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { dayWords } from "@/components/bookings/zones";
import { Dialog } from "@/components/Dialog";
import { Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { usePolling } from "@/lib/live/live";
import { durationText } from "../duration";
import { HoursReport } from "./HoursReport";
import { TimerBar } from "./TimerBar";
import { WeekPanel } from "./WeekPanel";

/** The hours of a contract by the hour: timer, weeks, entries, statements. Nothing for other contracts. */
export function HoursCard({ contract }: { contract: Contract }) {
  const refetchInterval = usePolling(30_000);
  const found = useQuery({
    queryKey: ["hours", contract.id],
    queryFn: async () => {
      const [deal] = (await ask(hourlyDealsList({ query: { contract_id: contract.id, page_size: 1 } }))).results;
      if (!deal) return null;
      const weeks = await ask(hourlyDealsWeeksList({ path: { deal_id: deal.id }, query: { page_size: 60 } }));
      return { deal, weeks: weeks.results };
    },
    enabled: contract.funding === "weekly",
    refetchInterval,
  });
  if (contract.funding !== "weekly") return null;
  if (found.isPending) return <Loading rows={1} height={280} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return found.data ? <Card contract={contract} deal={found.data.deal} weeks={found.data.weeks} /> : null;
}

function Card({ contract, deal, weeks }: { contract: Contract; deal: HourlyDeal; weeks: HourlyWeek[] }) {
  const [chosen, setChosen] = useState<string>();
  const [ending, setEnding] = useState(false);
  const now = Date.now();
  const running = weeks.find((each) => Date.parse(each.starts_at) <= now && now < Date.parse(each.ends_at));
  const week = weeks.find((each) => each.id === chosen) ?? running ?? weeks[0];
  return (
    <section className="js-card" aria-labelledby="hours">
      <Stack gap="md">
        <Group justify="space-between" align="baseline">
          <Title order={2} size="h4" id="hours">
            {t("Hours")}
          </Title>
          <Text size="sm" c="dimmed">
            {t("{rate} an hour, at most {cap} a week", { rate: formatMoney(deal.rate), cap: durationText(deal.weekly_cap_minutes) })}
          </Text>
        </Group>
        {deal.allowed_actions.includes("log_time") || deal.status === "ending" ? <TimerBar deal={deal} /> : null}
        {weeks.length > 1 && week ? (
          <NativeSelect
            label={t("Which week")}
            size="md"
            value={week.id}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={weeks.map((each) => ({ value: each.id, label: weekName(each, each.id === running?.id) }))}
          />
        ) : null}
        {week ? <WeekPanel key={week.id} contract={contract} deal={deal} week={week} /> : null}
        {deal.ended_at ? (
          <Text role="note">{t("The hours were ended. What was worked before can be logged until its week closes.")}</Text>
        ) : null}
        {weeks.some((each) => each.status === "closed") ? <HoursReport deal={deal} /> : null}
        {deal.allowed_actions.includes("end") ? (
          <Button variant="default" onClick={() => setEnding(true)} style={{ alignSelf: "flex-start" }}>
            {t("End the hours")}
          </Button>
        ) : null}
        {ending ? <EndHours deal={deal} close={() => setEnding(false)} /> : null}
      </Stack>
    </section>
  );
}

function weekName(week: HourlyWeek, isRunning: boolean): string {
  const name = t("Week {number}, from {day}", { number: week.number, day: dayWords(week.starts_on, "short") });
  return isRunning ? t("{name} (this week)", { name }) : name;
}

function EndHours({ deal, close }: { deal: HourlyDeal; close: () => void }) {
  const [reason, setReason] = useState("");
  const end = useVerb<void>(
    (_, key) => ask(hourlyDealsEndCreate({ path: { deal_id: deal.id }, body: { reason }, headers: withKey(key) })),
    close,
  );
  return (
    <Dialog
      title={t("End the hours?")}
      confirm={t("End the hours")}
      danger
      busy={end.isPending}
      error={end.error}
      onConfirm={() => end.mutate()}
      onClose={close}
    >
      <Text>
        {t("No new hours are taken from now on. This week closes as usual; one that has not begun is given back in full.")}
      </Text>
      <Textarea label={t("Why (optional)")} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </Dialog>
  );
}
