import { categoriesRetrieve, skillsRetrieve } from "@jobsphere/api-client";
import { Button, Chip, Group, NativeSelect, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { formatMoney } from "@jobsphere/domain/money";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { MoneyInput } from "@/components/MoneyInput";
import { Failed } from "@/components/States";
import { ask } from "@/lib/api";
import { formatDay } from "@/lib/time";
import { bodyOf, CURRENCY, type JobDraft, type JobProblems } from "./jobDraft";
import classes from "./JobForm.module.css";

interface StepProps {
  draft: JobDraft;
  problems: JobProblems;
  change: (part: Partial<JobDraft>) => void;
  go: (step: number) => void;
}

function Heading({ children }: { children: ReactNode }) {
  return (
    <Title order={2} size="h3" tabIndex={-1} data-step-heading className={classes.heading}>
      {children}
    </Title>
  );
}

export function StepWhat({ draft, problems, change }: StepProps) {
  return (
    <Stack>
      <Heading>What do you need?</Heading>
      <TextInput
        label="In one line"
        placeholder="Kitchen tap drips"
        required
        maxLength={140}
        value={draft.title}
        error={problems.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <Textarea
        label="More about it"
        description="What is there now, what should be there afterwards, what is awkward"
        required
        minRows={5}
        maxLength={10_000}
        value={draft.description}
        error={problems.description}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
    </Stack>
  );
}

export function StepTrade({ draft, problems, change }: StepProps) {
  const trades = useQuery({ queryKey: ["categories"], queryFn: () => ask(categoriesRetrieve()), staleTime: 3_600_000 });
  return (
    <Stack>
      <Heading>Who should do it?</Heading>
      {trades.isError ? <Failed error={trades.error} retry={() => void trades.refetch()} /> : null}
      <NativeSelect
        label="Trade"
        required
        size="md"
        value={draft.category}
        error={problems.category}
        onChange={(event) => change({ category: event.currentTarget.value, skills: [] })}
        data={[
          { value: "", label: "Choose a trade" },
          ...(trades.data?.results ?? []).map((group) => ({
            group: group.name,
            items: group.children.map((each) => ({ value: each.slug, label: each.name })),
          })),
        ]}
      />
      {draft.category ? <Skills draft={draft} problem={problems.skills} change={change} /> : null}
    </Stack>
  );
}

interface SkillsProps {
  draft: JobDraft;
  problem: string | undefined;
  change: StepProps["change"];
}

function Skills({ draft, problem, change }: SkillsProps) {
  const skills = useQuery({
    queryKey: ["skills", draft.category],
    queryFn: () => ask(skillsRetrieve({ query: { category: draft.category } })),
    staleTime: 3_600_000,
  });
  if (!skills.data || skills.data.results.length === 0) return null;
  return (
    <fieldset className={classes.skills}>
      <legend>Skills that matter (optional)</legend>
      <Chip.Group multiple value={draft.skills} onChange={(chosen: string[]) => change({ skills: chosen })}>
        <Group gap="xs">
          {skills.data.results.map((skill) => (
            <Chip key={skill.slug} value={skill.slug} size="md" variant="outline">
              {skill.name}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {problem ? <Text c="var(--mantine-color-error)">{problem}</Text> : null}
    </fieldset>
  );
}

const KINDS = [
  { kind: "fixed", title: "For the whole job", text: "One price, in parts if you like" },
  { kind: "hourly", title: "By the hour", text: "A rate; you agree on a total later" },
] as const;

export function StepBudget({ draft, problems, change }: StepProps) {
  const hourly = draft.kind === "hourly";
  return (
    <Stack>
      <Heading>What may it cost?</Heading>
      <fieldset className={classes.kinds}>
        <legend>How you pay</legend>
        {KINDS.map(({ kind, title, text }) => (
          <label key={kind} className={classes.kind}>
            <input type="radio" name="kind" checked={draft.kind === kind} onChange={() => change({ kind })} />
            <span>
              <strong>{title}</strong>
              <br />
              <Text span size="sm" c="dimmed">
                {text}
              </Text>
            </span>
          </label>
        ))}
      </fieldset>
      <div className={classes.pair}>
        <MoneyInput
          label={hourly ? "From, an hour" : "From"}
          required
          currency={CURRENCY}
          value={draft.min}
          error={problems.min}
          onChange={(min) => change({ min })}
        />
        <MoneyInput
          label={hourly ? "Up to, an hour" : "Up to"}
          currency={CURRENCY}
          value={draft.max}
          error={problems.max}
          onChange={(max) => change({ max })}
        />
      </div>
      <Text size="sm" c="dimmed">
        Nothing is charged for posting. Your card is reserved when you make an offer, and charged when it is accepted.
      </Text>
    </Stack>
  );
}

export function StepWhen({ draft, problems, change }: StepProps) {
  const field = (name: "starts" | "due" | "place" | "address") => ({
    value: draft[name],
    error: problems[name],
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  });
  return (
    <Stack>
      <Heading>When and where?</Heading>
      <div className={classes.pair}>
        <TextInput label="Not before (optional)" type="date" {...field("starts")} />
        <TextInput label="Done by (optional)" type="date" {...field("due")} />
      </div>
      <TextInput
        label="Place (optional)"
        description="Everybody sees it: a district and a town. Leave it empty for work from anywhere."
        placeholder="Buckman, Portland"
        maxLength={120}
        autoComplete="address-level2"
        {...field("place")}
      />
      <TextInput
        label="Address (optional)"
        description="Only the contractor you hire sees it."
        maxLength={300}
        autoComplete="street-address"
        {...field("address")}
      />
    </Stack>
  );
}

export function StepReview({ draft, go }: StepProps) {
  const trades = useQuery({ queryKey: ["categories"], queryFn: () => ask(categoriesRetrieve()), staleTime: 3_600_000 });
  const trade = trades.data?.results.flatMap((group) => group.children).find((each) => each.slug === draft.category);
  const rows: [string, string, number][] = [
    ["What", [draft.title, draft.description].filter(Boolean).join("\n"), 0],
    ["Trade", [trade?.name ?? draft.category, ...draft.skills.map((slug) => slug.replaceAll("-", " "))].join(", "), 1],
    ["Budget", budgetWords(draft), 2],
    ["When", whenWords(draft), 3],
    ["Where", [draft.place || "Anywhere", draft.address && `${draft.address} (for who you hire)`].filter(Boolean).join("\n"), 3],
  ];
  return (
    <Stack>
      <Heading>All right like this?</Heading>
      <dl className={classes.review}>
        {rows.map(([name, value, step]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <span>{value || "Not said"}</span>
              <Button variant="subtle" size="sm" onClick={() => go(step)} aria-label={`Change: ${name}`}>
                Change
              </Button>
            </dd>
          </div>
        ))}
      </dl>
    </Stack>
  );
}

function budgetWords(draft: JobDraft): string {
  const { budget } = bodyOf(draft);
  if (!budget) return "";
  const low = formatMoney(budget.min, { short: true });
  const high = formatMoney(budget.max, { short: true });
  return `${low === high ? low : `${low} to ${high}`}${draft.kind === "hourly" ? " an hour" : " for the whole job"}`;
}

function whenWords({ starts, due }: JobDraft): string {
  if (!starts && !due) return "Flexible";
  return [starts && `from ${formatDay(starts)}`, due && `by ${formatDay(due)}`].filter(Boolean).join(", ");
}
