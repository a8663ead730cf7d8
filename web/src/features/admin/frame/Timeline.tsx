import type { AdminOperation, Transfer } from "@jobsphere/api-client";
import { adminOperationsList, adminTransfersList } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { statusWord } from "@jobsphere/domain/words";
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Fragment, type ReactNode } from "react";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { formatMoment } from "@/lib/time";
import classes from "./Listing.module.css";
import { accountWord, codeWord } from "./words";
import { inside, t } from "@jobsphere/domain/text";

export interface Moment {
  at: string;
  what: ReactNode;
  tone?: "good" | "bad" | "money";
  more?: ReactNode;
}

interface TimelineProps {
  /** What the books call it: "payment" and its id. */
  source: "payment" | "refund" | "payout" | "hold" | "chargeback";
  id: string;
  /** What the list already knows, such as when it was made. */
  known: Moment[];
}

/** What happened to a thing: what was asked of the gateway, and what was booked, oldest first. */
export function Timeline({ source, id, known }: TimelineProps) {
  const found = useQuery({
    queryKey: ["admin", "timeline", source, id],
    queryFn: async () => {
      const [operations, transfers] = await Promise.all([
        ask(adminOperationsList({ query: { subject_id: id, page_size: 50 } })),
        ask(adminTransfersList({ query: { source_type: source, source_id: id, page_size: 50 } })),
      ]);
      return { operations: operations.results, transfers: transfers.results };
    },
  });
  const moments = [...known, ...(found.data?.operations ?? []).map(ofOperation), ...(found.data?.transfers ?? []).map(ofTransfer)];
  return (
    <Section title={t("What happened")}>
      {found.isError ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isPending ? <Loading rows={3} height={48} /> : null}
      {found.data ? (
        <ol className={classes.time}>
          {moments
            .toSorted((left, right) => left.at.localeCompare(right.at))
            .map((moment, index) => (
              <li key={index} data-tone={moment.tone}>
                <span className={classes.what}>{moment.what}</span>
                <Text size="sm" c="dimmed">
                  {formatMoment(moment.at)}
                </Text>
                {moment.more}
              </li>
            ))}
        </ol>
      ) : null}
    </Section>
  );
}

function ofOperation(operation: AdminOperation): Moment {
  const tone = operation.status === "succeeded" ? "good" : operation.status === "rejected" || operation.status === "declined" ? "bad" : undefined;
  return {
    at: operation.first_sent_at ?? operation.created_at,
    what: t("Gateway: {kind}, {status}{attempts, plural, one {} other {, asked # times}}", {
      kind: codeWord(operation.kind),
      status: inside(statusWord(operation.status).text),
      attempts: operation.attempts,
    }),
    ...(tone ? { tone } : {}),
    more: operation.last_error ? <Text size="sm">{operation.last_error}</Text> : null,
  };
}

function ofTransfer(transfer: Transfer): Moment {
  return { at: transfer.posted_at, what: t("Booked: {codeWord}", { codeWord: codeWord(transfer.code) }), tone: "money", more: <Legs transfer={transfer} /> };
}

/** The two sides of a transfer; they sum to zero. */
export function Legs({ transfer }: { transfer: Transfer }) {
  return (
    <div className={classes.legs}>
      {transfer.legs.map((leg, index) => (
        <Fragment key={index}>
          <span>{accountWord(leg.kind)}</span>
          <span>
            {leg.signed.amount < 0 ? t("Cr ") : t("Dr ")}
            {formatMoney({ ...leg.signed, amount: Math.abs(leg.signed.amount) })}
          </span>
        </Fragment>
      ))}
    </div>
  );
}
