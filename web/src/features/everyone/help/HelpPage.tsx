import { Anchor, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { MoneyBar } from "@/components/MoneyBar";
import { Page } from "@/components/Page";
import { Section } from "@/components/Section";
import classes from "./HelpPage.module.css";
import { MoneyMap } from "./MoneyMap";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

const usd = (amount: number) => ({ amount, currency: "USD" });

const questions: { question: string; answer: string }[] = [
  {
    question: t("When is my card charged?"),
    answer:
      t("When the contractor accepts your offer. Until then the amount is only reserved; if they decline or do not answer in time, the reservation is let go and nothing was taken."),
  },
  {
    question: t("Who can take the protected money?"),
    answer:
      t("Nobody alone. It goes to the contractor when you approve, or seven days after the work was handed in if you say nothing. You can ask for changes before that, and the seven days start again with the next delivery."),
  },
  {
    question: t("What if the work is never done?"),
    answer:
      t("Cancel the contract in its room. Before you confirm you see, to the cent, what comes back and what does not. Work that did not start is refunded."),
  },
  {
    question: t("What does JobSphere keep?"),
    answer:
      t("A platform fee when the contract begins and a service fee when a milestone is released. Both stand in every contract before anybody says yes, and later changes of our fees do not touch a running contract."),
  },
  {
    question: t("When does a withdrawal arrive?"),
    answer:
      t("The wallet shows the day for each withdrawal, usually within a few working days. If a bank sends the money back, it is in the wallet again and you are told why."),
  },
];

/** Money, explained in one picture. */
export function HelpPage() {
  return (
    <Page title={t("Where is the money?")} lead={t("One picture, from the card to the bank.")}>
      <figure className={classes.figure}>
        <MoneyMap />
      </figure>
      <Section title={t("The same in numbers")}>
        <div className="js-card">
          <MoneyBar
            caption={t("A job of $1,000.00, paid and finished")}
            parts={[
              { label: t("to the contractor"), money: usd(70_000), tone: "protected" },
              { label: t("service fee, when a milestone is released"), money: usd(20_000), tone: "fees" },
              { label: t("platform fee, when the contract begins"), money: usd(10_000), tone: "released" },
            ]}
          />
        </div>
        <Text size="sm" c="dimmed">
          {t("With the fees of today. Your contract shows its own.")}
        </Text>
      </Section>
      <Section title={t("Questions")}>
        <div className={classes.questions}>
          {questions.map(({ question, answer }) => (
            <details key={question}>
              <summary>{question}</summary>
              <p>{answer}</p>
            </details>
          ))}
        </div>
      </Section>
      <Text>
        <Said text="<0>Post a job</0> or <1>find a contractor</1>." tags={[<Anchor component={Link} to="/jobs/new" />, <Anchor component={Link} to="/contractors" />]} />
      </Text>
    </Page>
  );
}
