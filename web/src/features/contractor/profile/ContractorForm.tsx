import { type MyContractor, profilesMePartialUpdate, profilesMeSuggestionsRetrieve, skillsRetrieve } from "@jobsphere/api-client";
import { Button, Group, MultiSelect, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useMemo, useRef, useState } from "react";
import { FromDocument } from "@/components/attachments/FromDocument";
import { focusFirstError } from "@/components/focusError";
import { MoneyInput } from "@/components/MoneyInput";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { useCategories } from "@/lib/categories";
import { useDraft } from "@/lib/draft";
import { asProblem } from "@/lib/problems";
import { type ContractorFields, contractorFields, contractorInput, type Wrong } from "./forms";
import { cvChange, cvParts } from "./fromCv";
import { languageChoices } from "./languages";
import { WhereField } from "./WhereField";
import { coded, t } from "@jobsphere/domain/text";

interface PartProps {
  fields: ContractorFields;
  set: (change: Partial<ContractorFields>) => void;
  wrong: (name: keyof ContractorFields) => string | undefined;
}

export function ContractorForm({ personId, profile }: { personId: string; profile: MyContractor | null }) {
  const queries = useQueryClient();
  const initial = useMemo(() => contractorFields(profile), [profile]);
  const [fields, setFields, clear] = useDraft(`profile.contractor.${personId}`, initial);
  const [refused, setRefused] = useState<Wrong>({});
  const form = useRef<HTMLFormElement>(null);
  const save = useVerb(
    () => ask(profilesMePartialUpdate({ body: { contractor: contractorInput(fields).input } })),
    (saved) => {
      queries.setQueryData(["profiles", "me"], saved);
      setFields(contractorFields(saved.contractor));
      clear();
    },
  );
  const problem = save.isError ? asProblem(save.error) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { wrong } = contractorInput(fields);
    setRefused(wrong);
    if (Object.keys(wrong).length > 0) focusFirstError(form.current);
    else save.mutate(undefined, { onError: () => focusFirstError(form.current) });
  };
  const part: PartProps = {
    fields,
    set: (change) => setFields({ ...fields, ...change }),
    wrong: (name) => refused[name] ?? problem?.fields.find(({ pointer }) => pointer.startsWith(`/contractor/${name}`))?.detail,
  };
  return (
    <Section title={t("As a contractor")}>
      <form onSubmit={submit} ref={form} noValidate className="js-card">
        <Stack gap="md">
          {problem && problem.fields.length === 0 ? <Failed error={problem} /> : null}
          <FromDocument
            label={t("Fill this from my CV")}
            about={t("A PDF or Word document. We read it, suggest, and delete it.")}
            suggest={(file) => ask(profilesMeSuggestionsRetrieve({ query: { file } }))}
            parts={cvParts}
            take={(draft, keys) => part.set(cvChange(fields, draft, keys))}
          />
          <Words {...part} />
          <Trades {...part} />
          <Prices {...part} />
          <Where {...part} />
          <Group gap="sm">
            <Button type="submit" loading={save.isPending}>
              {t("Save the profile")}
            </Button>
            <Text role="status" c="dimmed">
              {save.isSuccess ? t("Saved. People see it now.") : ""}
            </Text>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

function Words({ fields, set, wrong }: PartProps) {
  return (
    <>
      <TextInput
        label={t("What you do, in a line")}
        placeholder={t("Joiner with an own workshop")}
        required
        maxLength={120}
        value={fields.headline}
        error={wrong("headline")}
        onChange={(event) => set({ headline: event.currentTarget.value })}
      />
      <Textarea
        label={t("About you")}
        description={t("How you work, what you are proud of, how fast you answer.")}
        maxLength={5000}
        value={fields.bio}
        error={wrong("bio")}
        onChange={(event) => set({ bio: event.currentTarget.value })}
      />
    </>
  );
}

function Trades({ fields, set, wrong }: PartProps) {
  const categories = useCategories();
  const skills = useQuery({ queryKey: ["skills"], queryFn: () => ask(skillsRetrieve()), staleTime: 3_600_000 });
  const trades = (categories.data?.results ?? []).map((group) => ({
    group: coded("trade", group.slug, group.name),
    items: group.children.map((each) => ({ value: each.slug, label: coded("trade", each.slug, each.name) })),
  }));
  // Skills of the chosen trades, and those that are chosen already.
  const fitting = (skills.data?.results ?? []).filter(
    (skill) =>
      fields.categories.length === 0 || fields.categories.includes(skill.category.slug) || fields.skills.includes(skill.slug),
  );
  return (
    <>
      <MultiSelect
        label={t("Trades")}
        size="md"
        searchable
        data={trades}
        value={fields.categories}
        error={wrong("categories")}
        onChange={(value) => set({ categories: value })}
        placeholder={fields.categories.length === 0 ? t("Choose one or more") : ""}
      />
      <MultiSelect
        label={t("Skills")}
        size="md"
        searchable
        data={fitting.map((skill) => ({ value: skill.slug, label: coded("skill", skill.slug, skill.name) }))}
        value={fields.skills}
        error={wrong("skills")}
        onChange={(value) => set({ skills: value })}
        placeholder={fields.skills.length === 0 ? t("What exactly you are good at") : ""}
      />
    </>
  );
}

function Prices({ fields, set, wrong }: PartProps) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <MoneyInput
        label={t("An hour costs")}
        currency={fields.currency}
        value={fields.hourly_rate}
        error={wrong("hourly_rate")}
        onChange={(hourly_rate) => set({ hourly_rate })}
      />
      <MoneyInput
        label={t("Jobs start at")}
        currency={fields.currency}
        value={fields.fixed_from}
        error={wrong("fixed_from")}
        onChange={(fixed_from) => set({ fixed_from })}
      />
    </SimpleGrid>
  );
}

function Where({ fields, set, wrong }: PartProps) {
  return (
    <>
      <WhereField
        place={fields.place}
        point={fields}
        error={wrong("place")}
        onPlace={(place) => set({ place })}
        onPoint={(point) => set(point)}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t("How far you go")}
          inputMode="numeric"
          rightSection="km"
          value={fields.radius_km}
          error={wrong("radius_km")}
          onChange={(event) => set({ radius_km: event.currentTarget.value })}
        />
        <TextInput
          label={t("Years in the trade")}
          inputMode="numeric"
          value={fields.years_of_experience}
          error={wrong("years_of_experience")}
          onChange={(event) => set({ years_of_experience: event.currentTarget.value })}
        />
      </SimpleGrid>
      <MultiSelect
        label={t("Languages")}
        size="md"
        searchable
        data={languageChoices}
        value={fields.languages}
        error={wrong("languages")}
        onChange={(languages) => set({ languages })}
      />
      <TextInput
        label={t("When you work")}
        placeholder={t("Weekdays, from Monday after next")}
        maxLength={500}
        value={fields.availability}
        error={wrong("availability")}
        onChange={(event) => set({ availability: event.currentTarget.value })}
      />
    </>
  );
}
