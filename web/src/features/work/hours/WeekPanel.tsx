import type { Contract, HourlyDeal, HourlyWeek } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { dayWords } from "@/components/bookings/zones";
import { formatMoment } from "@/lib/time";
import { durationText } from "../duration";
import { DisputeHours } from "./DisputeHours";
import { Entries } from "./Entries";
import classes from "./hours.module.css";

/** One week: what was worked by day, what it costs, what happens next, and its entries. */
export function WeekPanel({ contract, deal, week }: { contract: Contract; deal: HourlyDeal; week: HourlyWeek }) {
  const navigate = useNavigate();
  const [disputing, setDisputing] = useState(false);
  const milestone = contract.milestones.find((each) => each.id === week.milestone_id);
  const mayPay = milestone?.allowed_actions.includes("fund");
  const mayLog = deal.allowed_actions.includes("log_time") || (deal.status === "ending" && contract.allowed_actions.includes("log_time"));
  return (
    <Stack gap="sm">
      <Bars week={week} />
      <dl className={classes.figures}>
        <div>
          <dt>{t("Worked")}</dt>
          <dd className="js-number">{durationText(week.minutes)}</dd>
        </div>
        <div>
          <dt>{t("Paid at most")}</dt>
          <dd className="js-number">{durationText(week.cap_minutes)}</dd>
        </div>
        <div>
          <dt>{week.status === "open" ? t("So far") : t("Billed")}</dt>
          <dd className="js-number">{formatMoney(week.amount)}</dd>
        </div>
      </dl>
      <Text role="status">{statement(week)}</Text>
      {week.dispute ? (
        <Text role="note" className={classes.dispute}>
          {t("{time} ({amount}) are disputed and held apart: {reason}", {
            time: durationText(week.dispute.minutes),
            amount: formatMoney(week.dispute.amount),
            reason: week.dispute.reason,
          })}
        </Text>
      ) : null}
      <Group>
        {mayPay ? (
          <Button onClick={() => void navigate({ to: `/contracts/${contract.id}/pay`, search: { due: week.milestone_id } as never })}>
            {t("Pay {price} in for this week", { price: formatMoney(week.price) })}
          </Button>
        ) : null}
        {week.allowed_actions.includes("dispute") ? (
          <Button variant="default" onClick={() => setDisputing(true)}>
            {t("Dispute hours")}
          </Button>
        ) : null}
      </Group>
      <Entries contract={contract} week={week} mayLog={mayLog && week.status === "open" && isPaid(week)} />
      {disputing ? <DisputeHours contract={contract} week={week} close={() => setDisputing(false)} /> : null}
    </Stack>
  );
}

function isPaid(week: HourlyWeek): boolean {
  return week.milestone_status === "funded" || week.milestone_status === "in_progress";
}

/** Where the week stands, in a sentence. */
function statement(week: HourlyWeek): string {
  const amount = formatMoney(week.amount);
  if (week.status === "open" && week.milestone_status === "pending") {
    return t("Not paid in yet, so its hours are not protected and none can be logged.");
  }
  if (week.status === "open") {
    return t("{price} is protected. The week closes {when}; then the hours are billed and the rest goes back.", {
      price: formatMoney(week.price),
      when: formatMoment(week.closes_at),
    });
  }
  if (week.milestone_status === "removed") return t("It was never paid in, and nothing was worked.");
  if (week.milestone_status === "refunded") return t("Nothing is billed; what was paid in went back.");
  if (week.milestone_status === "released") return t("{amount} was released.", { amount });
  return week.release_at
    ? t("{amount} is released {when}, unless the customer disputes hours before.", { amount, when: formatMoment(week.release_at) })
    : t("{amount} waits until the dispute is settled.", { amount });
}

/** Hours by day as bars; the numbers are in the list for those who do not see them. */
function Bars({ week }: { week: HourlyWeek }) {
  const most = Math.max(480, ...week.days.map((each) => each.minutes));
  return (
    <ol className={classes.bars} aria-label={t("Hours by day")}>
      {week.days.map((each) => (
        <li key={each.day}>
          <span className={classes.value}>{each.minutes ? durationText(each.minutes) : ""}</span>
          <span className={classes.track} aria-hidden>
            <span style={{ blockSize: `${(each.minutes / most) * 100}%` }} />
          </span>
          <span className={classes.day}>{dayWords(each.day, "short").split(/[ ,]/)[0]}</span>
        </li>
      ))}
    </ol>
  );
}
