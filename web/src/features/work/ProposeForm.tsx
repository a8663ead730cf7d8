import { type Job, type Proposal, proposalsCreate, proposalsUpdate } from "@jobsphere/api-client";
import { Anchor, Button, Group, Stack, Textarea, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { decimalText } from "@jobsphere/domain/money";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useMemo, useRef, useState } from "react";
import { focusFirstError } from "@/components/focusError";
import { checkMilestones, type MilestoneDraft } from "@/components/milestones";
import { MilestonesEditor } from "@/components/MilestonesEditor";
import { MoneyInput } from "@/components/MoneyInput";
import { readMoney } from "@/components/moneyText";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { asProblem, type Problem } from "@/lib/problems";

interface ProposalDraft {
  price: string;
  days: string;
  message: string;
  milestones: MilestoneDraft[];
}

const EMPTY: ProposalDraft = { price: "", days: "", message: "", milestones: [] };

/** Answer a job with a price; or change the answer. What is typed survives a reload. */
export function ProposeForm({ job, proposal, done }: { job: Job; proposal?: Proposal; done?: () => void }) {
  const initial = useMemo(() => (proposal ? draftOf(proposal) : EMPTY), [proposal]);
  const [draft, setDraft, forget] = useDraft(proposal ? `proposal.${proposal.id}` : `propose.${job.id}`, initial);
  const [judged, setJudged] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const currency = proposal?.price.currency ?? job.budget?.min.currency ?? "USD";
  const kind = proposal?.price_kind ?? job.budget?.kind ?? "fixed";
  const check = checked(draft, currency);
  const send = useVerb(
    () => (check.body ? sent(job, proposal, { ...check.body, price_kind: kind }) : Promise.reject(new Error("incomplete"))),
    () => {
      forget();
      notifications.show({ message: proposal ? "Your proposal is changed." : "Your proposal is sent." });
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
            {proposal ? "Change your proposal" : "Propose a price"}
          </Title>
          <Refusal problem={problem} />
          <Group grow align="flex-start" preventGrowOverflow={false} wrap="wrap">
            <MoneyInput
              label={kind === "hourly" ? "Your rate an hour" : "Your price for everything"}
              description="What the customer pays"
              required
              currency={currency}
              value={draft.price}
              error={error(check.price, "/price/amount") ?? problem?.at("/price")}
              onChange={(price) => change({ price })}
            />
            <TextInput
              label="Days of work"
              description="From start to finish"
              required
              inputMode="numeric"
              value={draft.days}
              error={error(check.days, "/estimated_days")}
              onChange={(event) => change({ days: event.currentTarget.value })}
            />
          </Group>
          <Textarea
            label="Your message"
            description="How you would do it, and what you have done like it"
            required
            minRows={4}
            maxLength={5000}
            value={draft.message}
            error={error(check.message, "/message")}
            onChange={(event) => change({ message: event.currentTarget.value })}
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
            <Button type="submit" loading={send.isPending}>
              {proposal ? "Save the changes" : "Send the proposal"}
            </Button>
            {done ? (
              <Button variant="default" onClick={done}>
                Leave it as it is
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
        Customers want to know who answers.{" "}
        <Anchor component={Link} to="/profile">
          Complete your profile
        </Anchor>{" "}
        first; what you typed here is kept.
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
    days: days >= 1 && days <= 730 ? undefined : "Write a number of days, 1 to 730.",
    message: message ? undefined : "Tell the customer why you are the right person.",
    plan,
    body: sound ? { price: price.money!, estimated_days: days, message, milestones: plan.check.planned! } : undefined,
  };
}

type Body = NonNullable<ReturnType<typeof checked>["body"]> & { price_kind: "fixed" | "hourly" };

function sent(job: Job, proposal: Proposal | undefined, body: Body): Promise<Proposal> {
  if (proposal) return ask(proposalsUpdate({ path: { proposal_id: proposal.id }, body }));
  return ask(proposalsCreate({ body: { ...body, job: job.id } }));
}

function draftOf(proposal: Proposal): ProposalDraft {
  return {
    price: decimalText(proposal.price),
    days: String(proposal.estimated_days),
    message: proposal.message,
    milestones: proposal.milestones.map((part) => ({ title: part.title, amount: decimalText(part.amount) })),
  };
}
