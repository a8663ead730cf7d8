import { reportsList, type SafetyReport } from "@jobsphere/api-client";
import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Page } from "@/components/Page";
import { LoadMore, usePages } from "@/components/pages";
import { Row, Rows } from "@/components/Rows";
import { Empty, Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { formatAgo, formatDay } from "@/lib/time";
import classes from "./Safety.module.css";
import { reportState } from "./words";
import { t } from "@jobsphere/domain/text";

/** What I reported, and what became of it. */
export function ReportsPage() {
  const reports = usePages<SafetyReport>(["reports"], (cursor) => ask(reportsList({ query: { cursor, page_size: 30 } })));
  return (
    <Page
      title={t("My reports")}
      lead={
        <Anchor component={Link} to="/safety">
          {t("Safety")}
        </Anchor>
      }
    >
      {reports.isError ? <Failed error={reports.error} retry={() => void reports.refetch()} /> : null}
      {reports.isPending ? <Loading rows={3} height={86} /> : null}
      {reports.rows?.length === 0 ? (
        <Empty title={t("You have reported nothing")}>
          {t("Whatever breaks a rule can be reported from the menu beside it. A person looks at it and answers you.")}
        </Empty>
      ) : null}
      {reports.rows && reports.rows.length > 0 ? (
        <Rows label={t("My reports")}>
          {reports.rows.map((each) => (
            <Row
              key={each.id}
              title={each.subject_title}
              text={each.words ? t("Reported {ago}: {words}", { ago: formatAgo(each.created_at), words: each.words }) : t("Reported {ago}", { ago: formatAgo(each.created_at) })}
              under={<State report={each} />}
            />
          ))}
        </Rows>
      ) : null}
      <LoadMore {...reports} />
    </Page>
  );
}

function State({ report }: { report: SafetyReport }) {
  const state = reportState(report.acted);
  return (
    <span className={classes.state}>
      <span aria-hidden>{state.mark}</span>
      {state.text}
      {report.decided_at ? `, ${formatDay(report.decided_at)}` : `; ${t("answer by {day}", { day: formatDay(report.answer_by) })}`}
    </span>
  );
}
