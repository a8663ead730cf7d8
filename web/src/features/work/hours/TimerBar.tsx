import { type HourlyDeal, timerRetrieve, timerStartCreate, timerStopCreate } from "@jobsphere/api-client";
import { t } from "@jobsphere/domain/text";
import { Anchor, Button, Group, Text, TextInput } from "@mantine/core";
import { IconPlayerPlayFilled, IconPlayerStopFilled } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Failed } from "@/components/States";
import { useNow } from "@/components/useNow";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { formatMoment } from "@/lib/time";
import classes from "./hours.module.css";

/** The contractor's one timer. It runs on the server, so closing the page does not stop it. */
export function TimerBar({ deal }: { deal: HourlyDeal }) {
  const [note, setNote] = useState("");
  const timer = useQuery({ queryKey: ["timer"], queryFn: () => ask(timerRetrieve()) });
  const start = useVerb(
    () => ask(timerStartCreate({ body: { contract_id: deal.contract_id ?? "", note: note.trim() } })),
    () => setNote(""),
  );
  const stop = useVerb(() => ask(timerStopCreate({ body: {} })));
  const running = timer.data?.running;
  if (running && running.contract_id !== deal.contract_id) {
    return (
      <Text size="sm" role="note">
        {t("Your timer runs on another contract.")}{" "}
        <Anchor component={Link} to={`/contracts/${running.contract_id}`}>
          {running.title}
        </Anchor>
      </Text>
    );
  }
  return (
    <div className={classes.timer} data-running={running ? "yes" : "no"}>
      {start.isError ? <Failed error={start.error} /> : null}
      {stop.isError ? <Failed error={stop.error} /> : null}
      {timer.isError ? <Failed error={timer.error} retry={() => void timer.refetch()} /> : null}
      {running ? (
        <Group justify="space-between" wrap="wrap">
          <div>
            <Elapsed since={running.started_at} />
            <Text size="sm" c="dimmed">
              {[running.note, t("stops by itself {when}", { when: formatMoment(running.stops_at) })].filter(Boolean).join(" · ")}
            </Text>
          </div>
          <Button
            color="red.9"
            loading={stop.isPending}
            leftSection={<IconPlayerStopFilled size={18} aria-hidden />}
            onClick={() => stop.mutate()}
          >
            {t("Stop the timer")}
          </Button>
        </Group>
      ) : deal.allowed_actions.includes("start_timer") ? (
        <Group align="flex-end" wrap="wrap">
          <TextInput
            className={classes.grow}
            label={t("What you are about to do")}
            value={note}
            maxLength={500}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button
            loading={start.isPending || timer.isPending}
            leftSection={<IconPlayerPlayFilled size={18} aria-hidden />}
            onClick={() => start.mutate()}
          >
            {t("Start the timer")}
          </Button>
        </Group>
      ) : null}
    </div>
  );
}

function Elapsed({ since }: { since: string }) {
  const seconds = Math.max(0, Math.floor((useNow(1000) - Date.parse(since)) / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const text = [hours, minutes, rest].map((each) => String(each).padStart(2, "0")).join(":");
  return (
    <strong className={classes.clock} role="timer" aria-label={t("Timer running")}>
      {text}
    </strong>
  );
}
