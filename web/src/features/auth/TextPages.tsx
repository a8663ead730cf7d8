import { List, Stack, Text } from "@mantine/core";
import { Page } from "@/components/Page";
import { TEXTS_VERSION } from "./agreed";
import { t } from "@jobsphere/domain/text";

const TERMS = [
  t("Say who you are, keep your password to yourself, and tell us when somebody else has it."),
  t("A customer pays when an offer is sent; the money is held until the work is approved, or seven days have passed without an answer."),
  t("The fees that stand on an offer are those that hold for it, whatever changes later."),
  t("Whoever cancels, or wants money back, does it here; what was agreed on the offer decides how much."),
  t("Be polite, post what is true, and do not take business elsewhere that began here. Who breaks this is told which rule and why, and may appeal."),
  t("You may leave at any time, once your jobs and your money are settled."),
];

const PRIVACY = [
  t("We keep what you tell us, what you agree with others, and what is paid: to run the marketplace, and as long as the law asks for books to be kept."),
  t("Others see your public profile; the two of a job see what they write to each other. Card numbers never reach us: they go to the payment company."),
  t("Identity papers are encrypted and seen by the staff who check them. They are deleted when they prove nothing any more."),
  t("You can take everything that we hold about you with you, and be forgotten, under Settings, Account. What the books need stays without your name."),
  t("Old sessions, codes, letters from payment companies and events are deleted by themselves after fixed periods."),
];

/** What one agrees to by joining; the operator puts their own in its place. */
export function TermsPage() {
  return <Sentences title={t("Terms of use")} sentences={TERMS} />;
}

/** What happens to what we know about people. */
export function PrivacyPage() {
  return <Sentences title={t("Privacy notice")} sentences={PRIVACY} />;
}

function Sentences({ title, sentences }: { title: string; sentences: string[] }) {
  return (
    <Page title={title} narrow>
      <Stack>
        <List spacing="sm">
          {sentences.map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        </List>
        <Text size="sm" c="dimmed">
          {t("Version {TEXTSVERSION}. What you agreed to, and when, stands under Settings, Account.", { TEXTSVERSION: TEXTS_VERSION })}
        </Text>
      </Stack>
    </Page>
  );
}
