import { categoriesRetrieve, jobsSuggestionsRetrieve, skillsRetrieve } from "@jobsphere/api-client";
import { Button, Chip, Group, NativeSelect, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { formatMoney } from "@jobsphere/domain/money";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { AttachmentPicker } from "@/components/attachments/AttachmentPicker";
import { FromDocument } from "@/components/attachments/FromDocument";
import { MoneyInput } from "@/components/MoneyInput";
import { Failed } from "@/components/States";
import { useSignedIn } from "@/lib/account";
import { ask } from "@/lib/api";
import { formatDay } from "@/lib/time";
import { jobChange, jobParts } from "./fromDocument";
import { bodyOf, CURRENCY, type JobDraft, type JobProblems } from "./jobDraft";
import classes from "./JobForm.module.css";
import { Questions } from "./Questions";
import { coded, t } from "@jobsphere/domain/text";

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
  const signedIn = useSignedIn();
  return (
    <Stack>
      <Heading>{t("What do you need?")}</Heading>
      {signedIn ? (
        <FromDocument
          label={t("Fill this from a document")}
          about={t("An enquiry or a list of works, as PDF or Word. We read it, suggest, and delete it.")}
          suggest={(file) => ask(jobsSuggestionsRetrieve({ query: { file } }))}
          parts={jobParts}
          take={(found, keys) => change(jobChange(found, keys))}
        />
      ) : null}
      <TextInput
        label={t("In one line")}
        placeholder={t("Kitchen tap drips")}
        required
        maxLength={140}
        value={draft.title}
        error={problems.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <Textarea
        label={t("More about it")}
        description={t("What is there now, what should be there afterwards, what is awkward")}
        required
        minRows={5}
        maxLength={10_000}
        value={draft.description}
        error={problems.description}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      {signedIn ? (
        <AttachmentPicker
          label={t("Pictures and papers (optional)")}
          description={t("A photo says more than a paragraph. Whoever sees the job sees them; where they were taken is removed.")}
          value={draft.files}
          onChange={(files) => change({ files })}
          error={problems.files}
          purpose="attachment"
          max={10}
        />
      ) : null}
    </Stack>
  );
}

export function StepTrade({ draft, problems, change }: StepProps) {
  const trades = useQuery({ queryKey: ["categories"], queryFn: () => ask(categoriesRetrieve()), staleTime: 3_600_000 });
  return (
    <Stack>
      <Heading>{t("Who should do it?")}</Heading>
      {trades.isError ? <Failed error={trades.error} retry={() => void trades.refetch()} /> : null}
      <NativeSelect
        label={t("Trade")}
        required
        size="md"
        value={draft.category}
        error={problems.category}
        onChange={(event) => change({ category: event.currentTarget.value, skills: [] })}
        data={[
          { value: "", label: t("Choose a trade") },
          ...(trades.data?.results ?? []).map((group) => ({
            group: coded("trade", group.slug, group.name),
            items: group.children.map((each) => ({ value: each.slug, label: coded("trade", each.slug, each.name) })),
          })),
        ]}
      />
      {draft.category ? <Skills draft={draft} problem={problems.skills} change={change} /> : null}
      {draft.answers ? <Questions trade={draft.category} answers={draft.answers} onChange={(answers) => change({ answers })} /> : null}
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
      <legend>{t("Skills that matter (optional)")}</legend>
      <Chip.Group multiple value={draft.skills} onChange={(chosen: string[]) => change({ skills: chosen })}>
        <Group gap="xs">
          {skills.data.results.map((skill) => (
            <Chip key={skill.slug} value={skill.slug} size="md" variant="outline">
              {coded("skill", skill.slug, skill.name)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {problem ? <Text c="var(--mantine-color-error)">{problem}</Text> : null}
    </fieldset>
  );
}

const KINDS = [
  { kind: "fixed", title: t("For the whole job"), text: t("One price, in parts if you like") },
  { kind: "hourly", title: t("By the hour"), text: t("A rate; you agree on a total later") },
] as const;

export function StepBudget({ draft, problems, change }: StepProps) {
  const hourly = draft.kind === "hourly";
  return (
    <Stack>
      <Heading>{t("What may it cost?")}</Heading>
      <fieldset className={classes.kinds}>
        <legend>{t("How you pay")}</legend>
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
          label={hourly ? t("From, an hour") : t("From")}
          required
          currency={CURRENCY}
          value={draft.min}
          error={problems.min}
          onChange={(min) => change({ min })}
        />
        <MoneyInput
          label={hourly ? t("Up to, an hour") : t("Up to")}
          currency={CURRENCY}
          value={draft.max}
          error={problems.max}
          onChange={(max) => change({ max })}
        />
      </div>
      <Text size="sm" c="dimmed">
        {t("Nothing is charged for posting. Your card is reserved when you make an offer, and charged when it is accepted.")}
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
      <Heading>{t("When and where?")}</Heading>
      <div className={classes.pair}>
        <TextInput label={t("Not before (optional)")} type="date" {...field("starts")} />
        <TextInput label={t("Done by (optional)")} type="date" {...field("due")} />
      </div>
      <TextInput
        label={t("Place (optional)")}
        description={t("Everybody sees it: a district and a town. Leave it empty for work from anywhere.")}
        placeholder={t("Buckman, Portland")}
        maxLength={120}
        autoComplete="address-level2"
        {...field("place")}
      />
      <TextInput
        label={t("Address (optional)")}
        description={t("Only the contractor you hire sees it.")}
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
    [t("What"), [draft.title, bodyOf(draft).description].filter(Boolean).join("\n"), 0],
    [t("Files"), draft.files.map((file) => file.display_name).join("\n") || t("None"), 0],
    [t("Trade"), [
      trade ? coded("trade", trade.slug, trade.name) : draft.category,
      ...draft.skills.map((slug) => coded("skill", slug, slug.replaceAll("-", " "))),
    ].join(", "), 1],
    [t("Budget"), budgetWords(draft), 2],
    [t("When"), whenWords(draft), 3],
    [t("Where"), [draft.place || t("Anywhere"), draft.address && t("{address} (for who you hire)", { address: draft.address })].filter(Boolean).join("\n"), 3],
  ];
  return (
    <Stack>
      <Heading>{t("All right like this?")}</Heading>
      <dl className={classes.review}>
        {rows.map(([name, value, step]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <span>{value || t("Not said")}</span>
              <Button variant="subtle" size="sm" onClick={() => go(step)} aria-label={t("Change: {name}", { name })}>
                {t("Change")}
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
  const range = low === high ? low : t("{low} to {high}", { low, high });
  return draft.kind === "hourly" ? t("{range} an hour", { range }) : t("{range} for the whole job", { range });
}

function whenWords({ starts, due }: JobDraft): string {
  if (!starts && !due) return t("Flexible");
  return [starts && t("from {day}", { day: formatDay(starts) }), due && t("by {day}", { day: formatDay(due) })].filter(Boolean).join(", ");
}
