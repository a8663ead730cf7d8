import {
  type AdminPaper,
  adminVerificationsApproveCreate,
  adminVerificationsAskAgainCreate,
  adminVerificationsRejectCreate,
  adminVerificationsRetrieve,
} from "@jobsphere/api-client";
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { Actions } from "@/components/Actions";
import { Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { formatDay, formatMoment } from "@/lib/time";
import { Facts } from "../frame/Listing";
import { ReasonDialog } from "../frame/ReasonDialog";
import { codeWord } from "../frame/words";
import { PageView } from "./PageView";
import { PaperStatus } from "./PaperStatus";
import { inside, t } from "@jobsphere/domain/text";

/** One paper: its pages to look at, what is written on it, and the decision. */
export function PaperDetail({ id }: { id: string }) {
  const [asking, setAsking] = useState<"reject" | "ask_again" | undefined>();
  const path = { verification_id: id };
  const found = useQuery({ queryKey: ["admin", "paper", id], queryFn: () => ask(adminVerificationsRetrieve({ path })) });
  const approve = useVerb(() => ask(adminVerificationsApproveCreate({ path })));
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={2} height={220} />;
  const { data } = found;
  return (
    <>
      <div>
        <Text fz="1.5rem" fw={700} ff="var(--js-heading)">
          {data.person_name}: {inside(codeWord(data.kind))}
        </Text>
        <PaperStatus value={data.status} />
      </div>
      {data.files.length === 0 ? <Text c="dimmed">{t("Its pages are deleted.")}</Text> : null}
      {data.files.map((page, index) => (
        <PageView key={page.id} page={page} label={t("Page {index} of {count}", { index: index + 1, count: data.files.length })} />
      ))}
      <Facts of={facts(data)} />
      {approve.isError ? <Failed error={approve.error} /> : null}
      <Actions
        allowed={data.allowed_actions}
        busy={approve.isPending ? "approve" : undefined}
        offered={{
          approve: { run: () => approve.mutate(), label: t("Approve: show the badge") },
          ask_again: { run: () => setAsking("ask_again"), label: t("Ask for more"), quiet: true },
          reject: { run: () => setAsking("reject"), label: data.status === "approved" ? t("Take the approval back") : t("Refuse"), danger: true },
        }}
      />
      {data.allowed_actions.length === 0 ? <Text c="dimmed">{t("There is nothing to decide here.")}</Text> : null}
      {asking === "ask_again" ? (
        <ReasonDialog
          title={t("Ask for more")}
          confirm={t("Ask for it")}
          onClose={() => setAsking(undefined)}
          run={(reason) => ask(adminVerificationsAskAgainCreate({ path, body: { reason } }))}
        >
          <Text>{t("{personName} reads what you write, and hands the paper in again.", { personName: data.person_name })}</Text>
        </ReasonDialog>
      ) : null}
      {asking === "reject" ? (
        <ReasonDialog
          title={data.status === "approved" ? t("Take the approval back") : t("Refuse this paper")}
          confirm={t("Refuse it")}
          danger
          onClose={() => setAsking(undefined)}
          run={(reason) => ask(adminVerificationsRejectCreate({ path, body: { reason } }))}
        >
          <Text>{t("{personName} reads what you write. There is no badge for this paper.", { personName: data.person_name })}</Text>
        </ReasonDialog>
      ) : null}
    </>
  );
}

function facts(data: AdminPaper): [string, ReactNode][] {
  return [
    [t("Number"), data.number],
    [t("Issued by"), data.issuer],
    [t("Good until"), data.expires_on ? formatDay(`${data.expires_on}T12:00:00`) : t("no end")],
    [t("Handed in"), formatMoment(data.created_at)],
    [t("Decided"), data.decided_at ? formatMoment(data.decided_at) : ""],
    [t("Said last"), data.reason],
    [t("Profile"), <Link key="p" to={`/contractors/${data.person_id}`}>{t("as customers see it")}</Link>],
  ];
}
