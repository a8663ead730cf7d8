import { accountConsentsCreate, type Consent } from "@jobsphere/api-client";
import { Stack, Switch, Text } from "@mantine/core";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { formatDay } from "@/lib/time";
import { t } from "@jobsphere/domain/text";

/** The text that stands beside the switch; a new wording is a new version. */
const MARKETING_VERSION = "2026-11";

const NAMES = { terms: t("Terms of use"), privacy: t("Privacy notice"), marketing: t("Offers and news by e-mail") } as const;

/** What was agreed to, when, and in which version; what may be taken back is a switch. */
export function Consents({ consents }: { consents: Consent[] }) {
  const marketing = consents.find((each) => each.kind === "marketing");
  const say = useVerb((given: boolean) =>
    ask(accountConsentsCreate({ body: { kind: "marketing", version: MARKETING_VERSION, given, source: "settings" } })),
  );
  const shown = say.isPending ? say.variables : (marketing?.given ?? false);
  return (
    <Section title={t("What you agreed to")}>
      <div className="js-card">
        <Stack gap="sm">
          {consents
            .filter((each) => each.kind !== "marketing")
            .map((each) => (
              <Text key={each.kind}>
                {t("{NAMES}, version {version}: {given, select, yes {agreed} other {taken back}} on {day}", { NAMES: NAMES[each.kind], version: each.version, given: each.given ? "yes" : "other", day: formatDay(each.created_at) })}
              </Text>
            ))}
          <Switch
            size="md"
            label={NAMES.marketing}
            description={
              marketing
                ? t("{given, select, yes {You said yes} other {You said no}} on {day}. What your jobs and money need is told in any case.", { given: marketing.given ? "yes" : "other", day: formatDay(marketing.created_at) })
                : t("Off until you say yes. What your jobs and money need is told in any case.")
            }
            checked={shown}
            disabled={say.isPending}
            onChange={(event) => say.mutate(event.currentTarget.checked)}
          />
          {say.isError ? <Failed error={say.error} /> : null}
        </Stack>
      </div>
    </Section>
  );
}
