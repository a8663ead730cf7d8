import { Group, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { AttachmentPicker } from "@/components/attachments/AttachmentPicker";
import type { Attached } from "@/components/attachments/attached";
import { setRecordFiles, useFace } from "@/components/attachments/records";
import { Face } from "@/components/Face";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { t } from "@jobsphere/domain/text";

/** My picture: it stands beside my name wherever others see me. Choosing one is saving it. */
export function FaceEditor({ person }: { person: { id: string; name: string } }) {
  const queries = useQueryClient();
  const face = useFace(person.id);
  const save = useVerb(
    (files: Attached[]) => setRecordFiles("avatar", person.id, files),
    ({ files }) => void queries.setQueryData(["face", person.id], files.at(-1) ?? null),
  );
  return (
    <Section title={t("Your picture")}>
      <Stack className="js-card" gap="sm">
        <Group gap="lg" wrap="nowrap" align="flex-start">
          <Face name={person.name} id={person.id} size={84} />
          <Text c="dimmed">{t("People answer a face sooner than two letters. Everybody sees it.")}</Text>
        </Group>
        <AttachmentPicker
          value={face ? [face] : []}
          onChange={(files) => save.mutate(files.slice(-1))}
          purpose="avatar"
          max={1}
          replaces
          label={face ? t("Another picture") : t("A picture of you")}
        />
        {save.isError ? <Failed error={save.error} /> : null}
        <Text role="status" size="sm" c="dimmed">
          {save.isSuccess ? t("Saved. People see it now.") : ""}
        </Text>
      </Stack>
    </Section>
  );
}
