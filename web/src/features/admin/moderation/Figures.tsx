import { adminModerationFiguresRetrieve, type ModerationWeek } from "@jobsphere/api-client";
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { formatDay } from "@/lib/time";
import classes from "./Moderation.module.css";
import { t } from "@jobsphere/domain/text";

/** How moderation does, week by week: what the law wants to be told of, and what we want to know. */
export function ModerationFigures() {
  const found = useQuery({ queryKey: ["admin", "moderation", "figures"], queryFn: () => ask(adminModerationFiguresRetrieve()) });
  return (
    <Section
      title={t("Reports and answers")}
      aside={found.data ? <Text c="dimmed">{t("{openCases} wait, {openAppeals} appeals", { openCases: found.data.open_cases, openAppeals: found.data.open_appeals })}</Text> : null}
    >
      {found.isError ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isPending ? <Loading rows={1} height={260} /> : null}
      {found.data ? <Chart weeks={found.data.weeks} /> : null}
    </Section>
  );
}

function Chart({ weeks }: { weeks: ModerationWeek[] }) {
  const most = Math.max(1, ...weeks.map((week) => week.reports));
  const answered = weeks.reduce((sum, week) => sum + week.appeals, 0);
  const overturned = weeks.reduce((sum, week) => sum + week.overturned, 0);
  return (
    <figure className={classes.chart}>
      <ul className={classes.bars} aria-label={t("Reports by week")}>
        {weeks.map((week) => (
          <li key={week.week} className={classes.week} title={weekText(week)}>
            <span aria-hidden>{week.reports || ""}</span>
            <span className={classes.bar} aria-hidden style={{ height: `${(78 * week.reports) / most}%` }} />
            <span className={classes.hidden}>{weekText(week)}</span>
          </li>
        ))}
      </ul>
      <figcaption className={classes.axis}>
        <span>{weeks[0] ? formatDay(`${weeks[0].week}T12:00:00`) : ""}</span>
        <span>{t("reports a week")}</span>
        <span>{t("this week")}</span>
      </figcaption>
      <dl className={classes.totals}>
        <div>
          <dt>{t("Reports in these weeks")}</dt>
          <dd>{weeks.reduce((sum, week) => sum + week.reports, 0)}</dd>
        </div>
        <div>
          <dt>{t("To a decision (median)")}</dt>
          <dd>{hoursText(weeks.findLast((week) => week.hours_to_decision !== null)?.hours_to_decision ?? null)}</dd>
        </div>
        <div>
          <dt>{t("Appeals that were right")}</dt>
          <dd>{answered === 0 ? t("none made") : t("{overturned} of {answered}", { overturned, answered })}</dd>
        </div>
      </dl>
    </figure>
  );
}

function weekText(week: ModerationWeek): string {
  const time = week.hours_to_decision === null ? "" : t(" within {hoursText} (median)", { hoursText: hoursText(week.hours_to_decision) });
  return t("Week of {day}: {reports} reports, {decided} decided{time}, {overturned} of {appeals} appeals overturned", { day: formatDay(`${week.week}T12:00:00`), reports: week.reports, decided: week.decided, time, overturned: week.overturned, appeals: week.appeals });
}

export function hoursText(hours: number | null): string {
  if (hours === null) return "–";
  if (hours < 1) return t("under 1 h");
  return hours < 48 ? `${hours} h` : t("{hours} days", { hours: Math.round(hours / 24) });
}
