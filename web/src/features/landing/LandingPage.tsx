import { jobsList, numbersRetrieve } from "@jobsphere/api-client";
import { Anchor, Button, Container, Group, Skeleton, Text, Title } from "@mantine/core";
import { formatMoney } from "@jobsphere/domain/money";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { MoneyBar } from "@/components/MoneyBar";
import { useSignedIn } from "@/lib/account";
import { ask } from "@/lib/api";
import { useCategories } from "@/lib/categories";
import { formatAgo } from "@/lib/time";
import classes from "./LandingPage.module.css";
import { Said } from "@/components/Said";
import { coded, formatNumber, t } from "@jobsphere/domain/text";

const usd = (amount: number) => ({ amount, currency: "USD" });

const steps = [
  [t("Say what you need"), t("A title, a budget, a place. Contractors answer with a price.")],
  [t("Choose and reserve"), t("Your card is only reserved. Nothing is taken until the contractor says yes.")],
  [t("The money is protected"), t("It waits while the work is done. Neither side can take it alone.")],
  [t("Approve and release"), t("Milestone by milestone. Silence for seven days counts as a yes.")],
] as const;

const Hero = lazy(() => import("./hero/Hero").then((module) => ({ default: module.Hero })));

export function LandingPage() {
  const signedIn = useSignedIn();
  useEffect(() => {
    document.title = t("JobSphere: work done, money safe");
  }, []);
  return (
    <>
      <section className={classes.hero}>
        <Container size="lg" className={classes.stage}>
          <div>
            <Title order={1} className={classes.title}>
              <Said text="Work done.<0/><1>Money safe.</1>" tags={[<br />, <em className={classes.safe} />]} />
            </Title>
            <Text className={classes.lead}>
              {t("Find someone for the job. Your money is held until the work is done, and you always see where it is.")}
            </Text>
            <Group gap="sm" mt="lg">
              <Button component={Link} to="/jobs/new" size="lg">
                {t("Post a job")}
              </Button>
              <Button component={Link} to={signedIn ? "/home" : "/jobs"} size="lg" variant="default">
                {signedIn ? t("My home") : t("Find work")}
              </Button>
            </Group>
          </div>
          <div className={classes.flow}>
            <Suspense fallback={null}>
              <Hero />
            </Suspense>
          </div>
        </Container>
      </section>
      <Container size="lg" className={classes.sections}>
        <LiveNumbers />
        <ProtectedPayment />
        <OpenJobs />
        <Trades />
      </Container>
      <footer className={classes.footer}>
        <Container size="lg">
          <Anchor component={Link} to="/help">
            {t("How the money works")}
          </Anchor>
          <Anchor component={Link} to="/contractors">
            {t("Find a contractor")}
          </Anchor>
          <Anchor component={Link} to="/jobs">
            {t("Find work")}
          </Anchor>
          <Anchor href="/api/docs/">{t("For developers")}</Anchor>
        </Container>
      </footer>
    </>
  );
}

/** Real rows of this marketplace. A young one with nothing to count says nothing. */
function LiveNumbers() {
  const numbers = useQuery({ queryKey: ["numbers"], queryFn: () => ask(numbersRetrieve()), staleTime: 60_000 });
  if (numbers.isError || (numbers.data && numbers.data.contractors === 0)) return null;
  const found = numbers.data;
  const shown: [string, string | undefined][] = [
    [t("protected right now"), found && formatMoney(found.protected, { short: true })],
    [t("contractors"), found && formatNumber(found.contractors)],
    [t("jobs wanted"), found && formatNumber(found.open_jobs)],
    [t("jobs done and paid"), found && formatNumber(found.completed)],
  ];
  return (
    <section aria-label={t("This marketplace in numbers")}>
      <dl className={classes.numbers} aria-busy={numbers.isPending || undefined}>
        {shown.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value ?? <Skeleton component="span" height="1em" width="3.5ch" />}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function ProtectedPayment() {
  return (
    <section aria-labelledby="money">
      <Title order={2} id="money">
        {t("Where $1,000 goes")}
      </Title>
      <div className={classes.receipt}>
        <MoneyBar
          caption={t("A job of $1,000.00, paid and finished")}
          parts={[
            { label: t("to the contractor"), money: usd(70_000), tone: "protected" },
            { label: t("service fee, when it is done"), money: usd(20_000), tone: "fees" },
            { label: t("platform fee, when it begins"), money: usd(10_000), tone: "released" },
          ]}
        />
      </div>
      <ol className={classes.steps}>
        {steps.map(([title, text]) => (
          <li key={title}>
            <strong>{title}</strong>
            <br />
            <Text span c="dimmed">
              {text}
            </Text>
          </li>
        ))}
      </ol>
    </section>
  );
}

function OpenJobs() {
  const jobs = useQuery({
    queryKey: ["jobs", "landing"],
    queryFn: () => ask(jobsList({ query: { page_size: 4 } })),
  });
  if (jobs.data?.results.length === 0) return null;
  return (
    <section aria-labelledby="open-jobs">
      <Title order={2} id="open-jobs">
        {t("Wanted right now")}
      </Title>
      <ul className={classes.jobs}>
        {jobs.data
          ? jobs.data.results.map((job) => (
              <li key={job.id}>
                <Link to={`/jobs/${job.id}`} className={classes.job}>
                  <strong>{job.title}</strong>
                  <span>
                    {job.budget
                      ? t("{min} to {max}", { min: formatMoney(job.budget.min, { short: true }), max: formatMoney(job.budget.max, { short: true }) })
                      : t("Budget open")}
                  </span>
                  <Text span size="sm" c="dimmed">
                    {job.place} · {job.published_at ? formatAgo(job.published_at) : ""}
                  </Text>
                </Link>
              </li>
            ))
          : Array.from({ length: 4 }, (_, index) => (
              <li key={index}>
                <Skeleton height={104} radius="lg" />
              </li>
            ))}
      </ul>
    </section>
  );
}

function Trades() {
  const trades = useCategories();
  return (
    <section aria-labelledby="trades" className={classes.tradesSection}>
      <Title order={2} id="trades">
        {t("Every trade in town")}
      </Title>
      <div className={classes.groups}>
        {trades.data?.results.map((group) => (
          <div key={group.slug}>
            <Title order={3} size="h5">
              {coded("trade", group.slug, group.name)}
            </Title>
            <ul className={classes.trades}>
              {group.children.map((trade) => (
                <li key={trade.slug}>
                  <Link to="/contractors" search={{ category: trade.slug } as never} className={classes.trade}>
                    {coded("trade", trade.slug, trade.name)}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}
