import {
  type AdminCaseDetail,
  adminModerationCasesDecideCreate,
  type HouseRuleEnum,
  type MeasureEnum,
  type RestrictedActEnum,
} from "@jobsphere/api-client";
import { Button, Checkbox, NativeSelect, Radio, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { ACTS, MEASURES, RULES } from "./words";
import { inside, t } from "@jobsphere/domain/text";

const PERIODS = [
  { value: "1", label: t("1 day") },
  { value: "7", label: t("7 days") },
  { value: "30", label: t("30 days") },
  { value: "90", label: t("90 days") },
  { value: "", label: t("Until somebody lifts it") },
];

/** What is decided, and the reasons that the person reads word for word. */
export function DecisionForm({ page }: { page: AdminCaseDetail }) {
  const [measure, setMeasure] = useState<MeasureEnum>();
  const [rule, setRule] = useState<HouseRuleEnum | "">(page.case.rules[0] ?? "");
  const [facts, setFacts] = useState("");
  const [acts, setActs] = useState<string[]>([]);
  const [days, setDays] = useState("7");
  const [removing, setRemoving] = useState(false);
  const [unfounded, setUnfounded] = useState(false);
  const [missing, setMissing] = useState(false);
  const limits = measure === "restrict" || measure === "suspend";
  const harm = measure !== undefined && measure !== "dismiss";
  const verb = useVerb((chosen: MeasureEnum) =>
    ask(
      adminModerationCasesDecideCreate({
        path: { case_id: page.case.id },
        body: {
          measure: chosen,
          facts: facts.trim(),
          rule: chosen === "dismiss" ? null : rule || null,
          acts: chosen === "restrict" ? (acts as RestrictedActEnum[]) : [],
          days: limits && days ? Number(days) : null,
          remove_content: chosen === "remove" || (chosen !== "dismiss" && page.removable && removing),
          unfounded: chosen === "dismiss" && unfounded,
        },
      }),
    ),
  );
  const said = (pointer: string): string | undefined => (verb.error ? asProblem(verb.error).at(pointer) : undefined);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const complete = measure !== undefined && facts.trim().length >= 10 && (measure !== "restrict" || acts.length > 0);
    setMissing(!complete);
    if (complete) verb.mutate(measure);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Radio.Group
          label={t("What is to happen")}
          required
          value={measure ?? null}
          onChange={(value) => setMeasure(value as MeasureEnum)}
          error={said("/measure") ?? (missing && !measure ? t("Choose one.") : undefined)}
        >
          <Stack gap="sm" mt="xs">
            {Object.entries(MEASURES)
              .filter(([name]) => name !== "remove" || page.removable)
              .map(([name, { title, text }]) => (
                <Radio key={name} value={name} label={title} description={text} />
              ))}
          </Stack>
        </Radio.Group>
        {measure === "restrict" ? (
          <Checkbox.Group
            label={t("What the person cannot do")}
            required
            value={acts}
            onChange={setActs}
            error={said("/acts") ?? (missing && acts.length === 0 ? t("Choose at least one.") : undefined)}
          >
            <Stack gap="xs" mt="xs">
              {Object.entries(ACTS).map(([name, label]) => (
                <Checkbox key={name} value={name} label={label} />
              ))}
            </Stack>
          </Checkbox.Group>
        ) : null}
        {limits ? <NativeSelect label={t("How long")} data={PERIODS} value={days} error={said("/days")} onChange={(event) => setDays(event.currentTarget.value)} /> : null}
        {harm ? (
          <NativeSelect
            label={t("The rule that this stands on")}
            required
            value={rule}
            error={said("/rule")}
            onChange={(event) => setRule(event.currentTarget.value as HouseRuleEnum)}
            data={Object.entries(RULES).map(([value, label]) => ({ value, label }))}
          />
        ) : null}
        {harm && measure !== "remove" && page.removable ? (
          <Checkbox
            label={t("Remove the thing itself as well")}
            checked={removing}
            error={said("/remove_content")}
            onChange={(event) => setRemoving(event.currentTarget.checked)}
          />
        ) : null}
        {measure === "dismiss" ? (
          <Checkbox
            label={t("The report was plainly without reason")}
            description={t("Three of these in a month, and the person cannot report for a while.")}
            checked={unfounded}
            onChange={(event) => setUnfounded(event.currentTarget.checked)}
          />
        ) : null}
        <Textarea
          label={harm ? t("The facts") : t("Why")}
          description={harm ? t("The person reads this word for word. Do not say who reported.") : t("For your colleagues and the trail.")}
          required
          autosize
          minRows={4}
          maxLength={4000}
          value={facts}
          error={said("/facts") ?? (missing && facts.trim().length < 10 ? t("Write at least ten characters.") : undefined)}
          onChange={(event) => setFacts(event.currentTarget.value)}
        />
        {verb.error ? <Failed error={verb.error} /> : null}
        {harm ? (
          <Text size="sm" c="dimmed">
            {t("{personName} is told at once, and can appeal; a colleague of yours answers that.", { personName: page.case.person_name })}
          </Text>
        ) : null}
        <Button type="submit" loading={verb.isPending} {...(limits ? { color: "red.9" } : {})}>
          {measure ? t("Decide: {title}", { title: inside(MEASURES[measure].title) }) : t("Decide")}
        </Button>
      </Stack>
    </form>
  );
}
