import { payoutsBalanceRetrieve, profilesMeRetrieve, proposalsList } from "@jobsphere/api-client";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Section } from "@/components/Section";
import { ask } from "@/lib/api";
import classes from "./Onboarding.module.css";
import { t } from "@jobsphere/domain/text";

interface Step {
  done: boolean;
  to: string;
  title: string;
  text: string;
}

/** The three steps to the first money; gone once all are done. */
export function Onboarding() {
  const profiles = useQuery({ queryKey: ["profiles", "me"], queryFn: () => ask(profilesMeRetrieve()) });
  const payouts = useQuery({ queryKey: ["payouts", "balance"], queryFn: () => ask(payoutsBalanceRetrieve()) });
  const proposals = useQuery({
    queryKey: ["proposals", "contractor", "first"],
    queryFn: () => ask(proposalsList({ query: { role: "contractor", page_size: 1 } })),
  });
  if (!profiles.data || !payouts.data || !proposals.data) return null;
  const profile = profiles.data.contractor;
  const steps: Step[] = [
    {
      done: Boolean(profile?.headline && profile.categories.length > 0 && profile.bio),
      to: "/profile",
      title: t("Tell who you are"),
      text: t("Trade, prices and area. Customers find you by them."),
    },
    {
      done: payouts.data.payee.can_withdraw || payouts.data.payee.cooling_until !== null,
      to: "/wallet",
      title: t("Connect your bank"),
      text: t("So that what you earn can reach you."),
    },
    {
      done: proposals.data.results.length > 0,
      to: "/jobs",
      title: t("Send your first proposal"),
      text: t("A price and a sentence is enough."),
    },
  ];
  const done = steps.filter((step) => step.done).length;
  if (done === steps.length) return null;
  return (
    <Section title={t("Three steps to your first job")} aside={<span>{t("{done} of 3 done", { done })}</span>}>
      <progress className={classes.progress} max={steps.length} value={done} aria-label={t("{done} of 3 steps done", { done })} />
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={step.title} className={classes.step} data-done={step.done || undefined}>
            <span className={classes.mark} aria-hidden>
              {step.done ? "✓" : ""}
            </span>
            <span>
              <Link to={step.to} className={classes.link}>
                {step.title}
              </Link>
              {step.done ? <span className={classes.said}> {t("done")}</span> : <span className={classes.text}>{step.text}</span>}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
