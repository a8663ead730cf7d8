import { type MyCustomer, profilesMePartialUpdate } from "@jobsphere/api-client";
import { Button, Group, MultiSelect, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useMemo, useRef } from "react";
import { focusFirstError } from "@/components/focusError";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { asProblem } from "@/lib/problems";
import { customerInput } from "./forms";
import { languageChoices } from "./languages";
import { WhereField } from "./WhereField";
import { t } from "@jobsphere/domain/text";

export function CustomerForm({ personId, profile }: { personId: string; profile: MyCustomer | null }) {
  const queries = useQueryClient();
  const initial = useMemo(() => customerInput(profile), [profile]);
  const [fields, setFields, clear] = useDraft(`profile.customer.${personId}`, initial);
  const form = useRef<HTMLFormElement>(null);
  const save = useVerb(
    () => ask(profilesMePartialUpdate({ body: { customer: fields } })),
    (saved) => {
      queries.setQueryData(["profiles", "me"], saved);
      setFields(customerInput(saved.customer));
      clear();
    },
  );
  const problem = save.isError ? asProblem(save.error) : undefined;
  const wrong = (name: string) =>
    problem?.fields.find(({ pointer }) => pointer.startsWith(`/customer/${name}`))?.detail;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate(undefined, { onError: () => focusFirstError(form.current) });
  };
  return (
    <Section title={t("As a customer")}>
      <form onSubmit={submit} ref={form} noValidate className="js-card">
        <Stack gap="md">
          {problem && problem.fields.length === 0 ? <Failed error={problem} /> : null}
          <TextInput
            label={t("Company, if you have one")}
            autoComplete="organization"
            value={fields.company}
            error={wrong("company")}
            onChange={(event) => setFields({ ...fields, company: event.currentTarget.value })}
          />
          <WhereField
            place={fields.place}
            point={fields}
            error={wrong("place")}
            onPlace={(place) => setFields({ ...fields, place })}
            onPoint={(point) => setFields({ ...fields, ...point })}
          />
          <Textarea
            label={t("What contractors should know")}
            value={fields.bio}
            error={wrong("bio")}
            onChange={(event) => setFields({ ...fields, bio: event.currentTarget.value })}
          />
          <MultiSelect
            label={t("Languages")}
            size="md"
            searchable
            data={languageChoices}
            value={fields.languages}
            error={wrong("languages")}
            onChange={(languages) => setFields({ ...fields, languages })}
          />
          <Group gap="sm">
            <Button type="submit" loading={save.isPending}>
              {t("Save")}
            </Button>
            <Text role="status" c="dimmed">
              {save.isSuccess ? t("Saved.") : ""}
            </Text>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
