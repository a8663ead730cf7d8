import { type Job, type Proposal, proposalsCreate, proposalsUpdate } from "@jobsphere/api-client";
import { Anchor, Button, Group, Stack, Textarea, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { typedText } from "@jobsphere/domain/money";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useMemo, useRef, useState } from "react";
import { AttachmentPicker } from "@/components/attachments/AttachmentPicker";
import type { Attached } from "@/components/attachments/attached";
import { setRecordFiles } from "@/components/attachments/records";
import { FeesOf } from "@/components/fees/FeesNow";
import { focusFirstError } from "@/components/focusError";
import { checkMilestones, type MilestoneDraft } from "@/components/milestones";
import { MilestonesEditor } from "@/components/MilestonesEditor";
import { MoneyInput } from "@/components/MoneyInput";
import { readMoney } from "@/components/moneyText";
import { Said } from "@/components/Said";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { asProblem, type Problem } from "@/lib/problems";
import { t } from "@jobsphere/domain/text";

interface ProposalDraft {
  price: string;
  days: string;
  message: string;
  milestones: MilestoneDraft[];
  files: Attached[];
}

const EMPTY: ProposalDraft = { price: "", days: "", message: "", milestones: [], files: [] };

interface ProposeFormProps {
  job: Job;
  proposal?: Proposal;
  /** What the proposal has already. */
  files?: Attached[];
  done?: () => void;
}

/** Answer a job with a price; or change the answer. What is typed survives a reload. */
export function ProposeForm({ job, proposal, files, done }: ProposeFormProps) {
  const initial = useMemo(() => (proposal ? { ...draftOf(proposal), files: files ?? [] } : EMPTY), [proposal, files]);
  const [draft, setDraft, forget] = useDraft(proposal ? `proposal.${proposal.id}` : `propose.${job.id}`, initial);
  const [judged, setJudged] = useState(false);
  const [sending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // Should the files fail, the proposal is there already: trying again must not send another.
  const made = useRef(proposal);
  const currency = proposal?.price.currency ?? job.budget?.min.currency ?? "USD";
  const kind = proposal?.price_kind ?? job.budget?.kind ?? "fixed";
  const check = checked(draft, currency);
  const send = useVerb(
    async () => {
      if (!check.body) throw new Error("incomplete");
      made.current = await sent(job, made.current, { ...check.body, price_kind: kind });
      await setRecordFiles("proposal", made.current.id, draft.files);
    },
    () => {
      forget();
      notifications.show({ message: proposal ? t("Your proposal is changed.") : t("Your proposal is sent.") });
      done?.();
    },
  );
  const problem = send.isError ? asProblem(send.error) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setJudged(true);
    if (check.body) send.mutate(undefined, { onError: () => focusFirstError(form.current) });
    else focusFirstError(form.current);
  };
  const change = (part: Partial<ProposalDraft>): void => setDraft({ ...draft, ...part });
  const error = (own: string | undefined, pointer: string): string | undefined =>
    (judged ? own : undefined) ?? problem?.at(pointer);
  return (
    <section className="js-card" aria-labelledby="propose">
      <form onSubmit={submit} ref={form} noValidate>
        <Stack>
          <Title order={2} size="h3" id="propose">
            {proposal ? t("Change your proposal") : t("Propose a price")}
          </Title>
          <Refusal problem={problem} />
          <Group grow align="flex-start" preventGrowOverflow={false} wrap="wrap">
            <MoneyInput
              label={kind === "hourly" ? t("Your rate an hour") : t("Your price for everything")}
              description={t("What the customer pays")}
              required
              currency={currency}
              value={draft.price}
              error={error(check.price, "/price/amount") ?? problem?.at("/price")}
              onChange={(price) => change({ price })}
            />
            <TextInput
              label={t("Days of work")}
              description={t("From start to finish")}
              required
              inputMode="numeric"
              value={draft.days}
              error={error(check.days, "/estimated_days")}
              onChange={(event) => change({ days: event.currentTarget.value })}
            />
          </Group>
          {kind === "fixed" && check.plan?.price ? <FeesOf amount={check.plan.price} category={job.category?.slug} /> : null}
          <Textarea
            label={t("Your message")}
            description={t("How you would do it, and what you have done like it")}
            required
            minRows={4}
            maxLength={5000}
            value={draft.message}
            error={error(check.message, "/message")}
            onChange={(event) => change({ message: event.currentTarget.value })}
          />
          <AttachmentPicker
            label={t("Files (optional)")}
            description={t("A drawing, a certificate, photos of work like it. Only the customer sees them.")}
            value={draft.files}
            onChange={(chosen) => change({ files: chosen })}
            onBusy={setSending}
            purpose="attachment"
            max={10}
          />
          {check.plan && kind === "fixed" ? (
            <MilestonesEditor
              drafts={draft.milestones}
              check={check.plan.check}
              price={check.plan.price}
              judged={judged}
              onChange={(milestones) => change({ milestones })}
            />
          ) : null}
          <Group gap="sm">
            <Button type="submit" loading={send.isPending || sending}>
              {proposal ? t("Save the changes") : t("Send the proposal")}
            </Button>
            {done ? (
              <Button variant="default" onClick={done}>
                {t("Leave it as it is")}
              </Button>
            ) : null}
          </Group>
        </Stack>
      </form>
    </section>
  );
}

function Refusal({ problem }: { problem: Problem | undefined }) {
  if (!problem) return null;
  if (problem.code === "profile-required") {
    return (
      <div role="alert">
        <Said text="Customers want to know who answers. <0>Complete your profile</0> first; what you typed here is kept." tags={[<Anchor component={Link} to="/profile" />]} />
      </div>
    );
  }
  const named = ["/price/amount", "/price", "/estimated_days", "/message"];
  return problem.fields.some((field) => named.includes(field.pointer)) ? null : <Failed error={problem} />;
}

function checked(draft: ProposalDraft, currency: string) {
  const price = readMoney(draft.price, currency, "price");
  const days = /^\d{1,3}$/.test(draft.days.trim()) ? Number(draft.days) : 0;
  const plan = price.money ? { price: price.money, check: checkMilestones(draft.milestones, price.money) } : undefined;
  const message = draft.message.trim();
  const sound = price.money && plan?.check.planned && days >= 1 && days <= 730 && message;
  return {
    price: price.problem,
    days: days >= 1 && days <= 730 ? undefined : t("Write a number of days, 1 to 730."),
    message: message ? undefined : t("Tell the customer why you are the right person."),
    plan,
    body: sound ? { price: price.money!, estimated_days: days, message, milestones: plan.check.planned! } : undefined,
  };
}

type Body = NonNullable<ReturnType<typeof checked>["body"]> & { price_kind: "fixed" | "hourly" };

function sent(job: Job, proposal: Proposal | undefined, body: Body): Promise<Proposal> {
  if (proposal) return ask(proposalsUpdate({ path: { proposal_id: proposal.id }, body }));
  return ask(proposalsCreate({ body: { ...body, job: job.id } }));
}

function draftOf(proposal: Proposal): Omit<ProposalDraft, "files"> {
  return {
    price: typedText(proposal.price),
    days: String(proposal.estimated_days),
    message: proposal.message,
    milestones: proposal.milestones.map((part) => ({ title: part.title, amount: typedText(part.amount) })),
  };
}
