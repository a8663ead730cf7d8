import type { DigestEnum, LanguageEnum } from "@jobsphere/api-client";
import { NativeSelect, Radio, Stack, Text } from "@mantine/core";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { changeLanguage } from "@/lib/language";
import { useSettings } from "./useSettings";
import { t } from "@jobsphere/domain/text";

const DIGESTS: { value: DigestEnum; label: string; description: string }[] = [
  { value: "off", label: t("At once"), description: t("One e-mail for each thing, unless you have read it here before.") },
  { value: "daily", label: t("Once a day"), description: t("One e-mail at 8 in the morning with what you have not seen.") },
  { value: "weekly", label: t("Once a week"), description: t("The same, on Mondays.") },
];

/** E-mail at once or in one letter; language and time zone of everything that is written to one. */
export function Reading() {
  const { settings, save } = useSettings();
  const speak = useVerb((code: LanguageEnum) => changeLanguage(code));
  if (settings.isError) return <Failed error={settings.error} retry={() => void settings.refetch()} />;
  if (!settings.data) return <Loading rows={2} height={120} />;
  const { digest, language, languages, time_zone } = settings.data;
  return (
    <>
      <Section title={t("E-mail")}>
        <Radio.Group aria-label={t("When e-mail comes")} value={digest} onChange={(value) => save.mutate({ digest: value as DigestEnum })}>
          <Stack gap="sm" className="js-card">
            {DIGESTS.map((each) => (
              <Radio key={each.value} {...each} />
            ))}
          </Stack>
        </Radio.Group>
        <Text size="sm" c="dimmed">
          {t("What must be known, such as a failed payment, always comes at once.")}
        </Text>
      </Section>
      <Section title={t("Language and time zone")}>
        <Stack gap="sm" className="js-card">
          <NativeSelect
            label={t("Language")}
            description={t("Of these screens, and of the news and letters that you get.")}
            value={language}
            onChange={(event) => speak.mutate(event.currentTarget.value as LanguageEnum)}
            data={languages.map(({ code, name }) => ({ value: code, label: name }))}
          />
          <NativeSelect
            label={t("Time zone")}
            value={time_zone}
            onChange={(event) => save.mutate({ time_zone: event.currentTarget.value })}
            data={zones(time_zone)}
          />
        </Stack>
        {save.isError ? <Failed error={save.error} /> : null}
        {speak.isError ? <Failed error={speak.error} /> : null}
      </Section>
    </>
  );
}

/** What this browser knows, with the one that was chosen among them. */
function zones(chosen: string): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return known.includes(chosen) ? known : [chosen, ...known];
}
