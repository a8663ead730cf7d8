import type { ChargebackDetail as Whole } from "@jobsphere/api-client";
import {
  adminChargebacksAcceptCreate,
  adminChargebacksEvidenceUpdate,
  adminChargebacksRetrieve,
  adminChargebacksSubmitCreate,
} from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Actions } from "@/components/Actions";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { formatMoment } from "@/lib/time";
import { Facts } from "../frame/Listing";
import { ReasonDialog } from "../frame/ReasonDialog";
import { Timeline } from "../frame/Timeline";
import { codeWord } from "../frame/words";
import { inside, t } from "@jobsphere/domain/text";

/** One chargeback: what the bank did, what we answer, and what it cost. */
export function ChargebackDetail({ id }: { id: string }) {
  const [asking, setAsking] = useState<"submit" | "accept" | undefined>();
  const found = useQuery({
    queryKey: ["admin", "chargeback", id],
    queryFn: () => ask(adminChargebacksRetrieve({ path: { chargeback_id: id } })),
  });
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={3} height={100} />;
  const { data } = found;
  return (
    <>
      <div>
        <Text fz="2rem" fw={700} ff="var(--js-heading)" className="js-number">
          {formatMoney(data.amount)}
        </Text>
        <Status value={data.status} />
      </div>
      <Facts of={facts(data)} />
      <Actions
        allowed={data.allowed_actions}
        offered={{
          submit: { run: () => setAsking("submit"), label: t("Send the answer to the bank") },
          accept: { run: () => setAsking("accept"), label: t("Give it up"), danger: true },
        }}
      />
      <Evidence key={data.evidence.text} chargeback={data} />
      <Timeline source="chargeback" id={id} known={[{ at: data.created_at, what: t("The bank took it back"), tone: "bad" }]} />
      {asking === "submit" ? (
        <ReasonDialog
          title={t("Send the answer to the bank")}
          confirm={t("Send it")}
          onClose={() => setAsking(undefined)}
          run={(reason, key) => ask(adminChargebacksSubmitCreate({ path: { chargeback_id: id }, body: { reason }, headers: withKey(key) }))}
        >
          <Text>{t("The bank reads one answer. Afterwards nothing can be added.")}</Text>
        </ReasonDialog>
      ) : null}
      {asking === "accept" ? (
        <ReasonDialog
          title={t("Give up {data}", { data: formatMoney(data.amount) })}
          confirm={t("Give it up")}
          danger
          onClose={() => setAsking(undefined)}
          run={(reason, key) => ask(adminChargebacksAcceptCreate({ path: { chargeback_id: id }, body: { reason }, headers: withKey(key) }))}
        >
          <Text>{t("The cardholder keeps the money, and the chargeback counts as lost.")}</Text>
        </ReasonDialog>
      ) : null}
    </>
  );
}

function facts(data: Whole): [string, React.ReactNode][] {
  const some = (money: { amount: number; currency: string }): string => (money.amount ? formatMoney(money) : "");
  return [
    [t("Cardholder"), `${data.payer_name}: ${inside(codeWord(data.reason))}`],
    [t("Contractor"), data.payee_name],
    [t("Answer due"), data.evidence_due_by && !data.evidence_sent_at ? formatMoment(data.evidence_due_by) : ""],
    [t("Sends itself"), data.sends_itself_at && !data.evidence_sent_at ? formatMoment(data.sends_itself_at) : ""],
    [t("Answered"), data.evidence_sent_at ? formatMoment(data.evidence_sent_at) : ""],
    [t("Taken by the bank"), some(data.taken)],
    [t("Given back"), some(data.returned)],
    [t("The gateway's fee"), some(data.fee)],
    [t("Lost"), some(data.lost)],
    [t("Written off"), some(data.written_off)],
    [t("Payment"), <Link key="p" to="/admin/payments" search={{ open: data.payment_id } as never}>{t("its payment")}</Link>],
  ];
}

/** The answer, gathered from the contract's own record; finance may change it until it is sent. */
function Evidence({ chargeback }: { chargeback: Whole }) {
  const { texts, edited } = chargeback.evidence;
  const [typed, type] = useState<Record<string, string>>(texts);
  const save = useVerb((changes: Record<string, string>) =>
    ask(adminChargebacksEvidenceUpdate({ path: { chargeback_id: chargeback.id }, body: { evidence: changes } })),
  );
  const editable = chargeback.allowed_actions.length > 0;
  const changes = Object.fromEntries(Object.entries(typed).filter(([name, text]) => text !== texts[name]));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(changes);
  };
  return (
    <Section title={chargeback.evidence_sent_at ? t("What was answered") : t("What will be answered")}>
      <Text c="dimmed">{t("Gathered from the contract's own record. {editable, select, yes {Change what you know better.} other {}}", { editable: editable ? "yes" : "other" })}</Text>
      <form onSubmit={submit}>
        <Stack>
          {Object.entries(typed).map(([name, text]) => (
            <Textarea
              key={name}
              label={codeWord(name) + (edited.includes(name) ? " (changed by us)" : "")}
              readOnly={!editable}
              maxRows={14}
              value={text}
              onChange={(event) => type({ ...typed, [name]: event.currentTarget.value })}
            />
          ))}
          {save.error ? <Failed error={save.error} /> : null}
          {editable ? (
            <Group>
              <Button type="submit" variant="default" loading={save.isPending} disabled={Object.keys(changes).length === 0}>
                {t("Keep these changes")}
              </Button>
            </Group>
          ) : null}
        </Stack>
      </form>
    </Section>
  );
}
