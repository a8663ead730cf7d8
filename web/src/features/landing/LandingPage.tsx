import { jobsList } from "@jobsphere/api-client";
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

const usd = (amount: number) => ({ amount, currency: "USD" });

const steps = [
  ["Say what you need", "A title, a budget, a place. Contractors answer with a price."],
  ["Choose and reserve", "Your card is only reserved. Nothing is taken until the contractor says yes."],
  ["The money is protected", "It waits while the work is done. Neither side can take it alone."],
  ["Approve and release", "Milestone by milestone. Silence for seven days counts as a yes."],
] as const;

const MoneyFlow = lazy(() => import("./MoneyFlow").then((module) => ({ default: module.MoneyFlow })));

export function LandingPage() {
  const signedIn = useSignedIn();
  useEffect(() => {
    document.title = "JobSphere: work done, money safe";
  }, []);
  return (
    <>
      <section className={classes.hero}>
        <Container size="lg" className={classes.stage}>
          <div>
            <Title order={1} className={classes.title}>
              Work done.
              <br />
              <em className={classes.safe}>Money safe.</em>
            </Title>
            <Text className={classes.lead}>
              Find someone for the job. Your money is held until the work is done, and you always see where it is.
            </Text>
            <Group gap="sm" mt="lg">
              <Button component={Link} to="/jobs/new" size="lg">
                Post a job
              </Button>
              <Button component={Link} to={signedIn ? "/home" : "/jobs"} size="lg" variant="default">
                {signedIn ? "My home" : "Find work"}
              </Button>
            </Group>
          </div>
          <div className={classes.flow}>
            <Suspense fallback={null}>
              <MoneyFlow />
            </Suspense>
          </div>
        </Container>
      </section>
      <Container size="lg" className={classes.sections}>
        <ProtectedPayment />
        <OpenJobs />
        <Trades />
      </Container>
      <footer className={classes.footer}>
        <Container size="lg">
          <Anchor component={Link} to="/help">
            How the money works
          </Anchor>
          <Anchor component={Link} to="/contractors">
            Find a contractor
          </Anchor>
          <Anchor component={Link} to="/jobs">
            Find work
          </Anchor>
          <Anchor href="/api/docs/">For developers</Anchor>
        </Container>
      </footer>
    </>
  );
}

function ProtectedPayment() {
  return (
    <section aria-labelledby="money">
      <Title order={2} id="money">
        Where $1,000 goes
      </Title>
      <div className={classes.receipt}>
        <MoneyBar
          caption="A job of $1,000.00, paid and finished"
          parts={[
            { label: "to the contractor", money: usd(70_000), tone: "protected" },
            { label: "service fee, when it is done", money: usd(20_000), tone: "fees" },
            { label: "platform fee, when it begins", money: usd(10_000), tone: "released" },
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
        Wanted right now
      </Title>
      <ul className={classes.jobs}>
        {jobs.data
          ? jobs.data.results.map((job) => (
              <li key={job.id}>
                <Link to={`/jobs/${job.id}`} className={classes.job}>
                  <strong>{job.title}</strong>
                  <span>
                    {job.budget
                      ? `${formatMoney(job.budget.min, { short: true })} to ${formatMoney(job.budget.max, { short: true })}`
                      : "Budget open"}
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
        Every trade in town
      </Title>
      <div className={classes.groups}>
        {trades.data?.results.map((group) => (
          <div key={group.slug}>
            <Title order={3} size="h5">
              {group.name}
            </Title>
            <ul className={classes.trades}>
              {group.children.map((trade) => (
                <li key={trade.slug}>
                  <Link to="/contractors" search={{ category: trade.slug } as never} className={classes.trade}>
                    {trade.name}
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
