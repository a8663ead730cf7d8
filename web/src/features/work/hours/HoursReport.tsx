import { type HourlyDeal, hoursReportCsvRetrieve, hoursReportPdfRetrieve } from "@jobsphere/api-client";
import { t } from "@jobsphere/domain/text";
import { Button, Group } from "@mantine/core";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { saveFile } from "@/lib/saveFile";

/** The hours that were billed, week by week: on paper, and for a spreadsheet. */
export function HoursReport({ deal }: { deal: HourlyDeal }) {
  const query = { contract_id: deal.contract_id ?? undefined, group: "week" as const };
  const pdf = useVerb(
    () => ask(hoursReportPdfRetrieve({ query, parseAs: "blob" })),
    (file) => saveFile(file, "hours.pdf"),
  );
  const csv = useVerb(
    () => ask(hoursReportCsvRetrieve({ query, parseAs: "blob" })),
    (file) => saveFile(file, "hours.csv"),
  );
  return (
    <>
      {pdf.isError ? <Failed error={pdf.error} /> : null}
      {csv.isError ? <Failed error={csv.error} /> : null}
      <Group gap="sm">
        <Button variant="default" loading={pdf.isPending} onClick={() => pdf.mutate()}>
          {t("Hours as PDF")}
        </Button>
        <Button variant="default" loading={csv.isPending} onClick={() => csv.mutate()}>
          {t("Hours for a spreadsheet (CSV)")}
        </Button>
      </Group>
    </>
  );
}
