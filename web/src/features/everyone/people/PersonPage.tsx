import { contractorsRetrieve, type Contractor, type Portfolio } from "@jobsphere/api-client";
import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { IconClock, IconLanguage, IconMapPin, IconTools } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Face } from "@/components/Face";
import { Page } from "@/components/Page";
import { Section } from "@/components/Section";
import { Empty, Failed, Loading } from "@/components/States";
import { useAccount } from "@/lib/account";
import { ask } from "@/lib/api";
import { formatDay } from "@/lib/time";
import { Prices } from "./PersonCard";
import classes from "./PersonPage.module.css";

const languageName = new Intl.DisplayNames("en", { type: "language" });

/** What anybody may know of a contractor, and the two ways to hire them. */
export function PersonPage() {
  const { contractorId } = useParams({ strict: false }) as { contractorId: string };
  const person = useQuery({
    queryKey: ["contractors", contractorId],
    queryFn: () => ask(contractorsRetrieve({ path: { contractor_id: contractorId } })),
  });
  if (person.isError) {
    return (
      <Page title="Contractor">
        <Failed error={person.error} retry={() => void person.refetch()} />
      </Page>
    );
  }
  if (!person.data) {
    return (
      <Page title="Contractor">
        <Loading rows={2} height={220} />
      </Page>
    );
  }
  return <Profile person={person.data} />;
}

function Profile({ person }: { person: Contractor }) {
  return (
    <Page
      title={person.name}
      lead={person.headline}
      aside={<Face name={person.name} size={76} />}
    >
      <div className={classes.columns}>
        <Stack gap="xl">
          {person.bio ? <Text className={classes.bio}>{person.bio}</Text> : null}
          <PortfolioList entries={person.portfolio} />
          <Section title="Good at">
            <ul className={classes.skills}>
              {[...person.categories, ...person.skills].map((word) => (
                <li key={word.slug}>{word.name}</li>
              ))}
            </ul>
          </Section>
        </Stack>
        <aside className={classes.side} aria-label="Hire">
          <Facts person={person} />
          <HireButtons person={person} />
        </aside>
      </div>
    </Page>
  );
}

function HireButtons({ person }: { person: Contractor }) {
  const account = useAccount();
  if (account.data?.id === person.id) {
    return (
      <Button component={Link} to="/profile" variant="default">
        Edit my profile
      </Button>
    );
  }
  return (
    <Stack gap="sm">
      <Button component={Link} to={`/book/${person.id}`}>
        Book {person.name.split(" ")[0]}
      </Button>
      <Button component={Link} to="/jobs/new" variant="default">
        Post a job instead
      </Button>
      <Text size="sm" c="dimmed">
        Your card is only reserved until {person.name.split(" ")[0]} says yes. Then the money is protected until the work
        is done.
      </Text>
    </Stack>
  );
}

function Facts({ person }: { person: Contractor }) {
  return (
    <>
      <p className={classes.prices}>
        <Prices person={person} />
      </p>
      <ul className={classes.facts}>
        <Fact icon={<IconMapPin size={20} aria-hidden />}>
          {person.place || "No place given"}
          {person.radius_km ? `, comes up to ${person.radius_km} km` : ""}
        </Fact>
        {person.years_of_experience ? (
          <Fact icon={<IconTools size={20} aria-hidden />}>{person.years_of_experience} years in the trade</Fact>
        ) : null}
        {person.languages.length > 0 ? (
          <Fact icon={<IconLanguage size={20} aria-hidden />}>
            {person.languages.map((code) => languageName.of(code) ?? code).join(", ")}
          </Fact>
        ) : null}
        {person.availability ? <Fact icon={<IconClock size={20} aria-hidden />}>{person.availability}</Fact> : null}
      </ul>
    </>
  );
}

function Fact({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li>
      {icon}
      <span>{children}</span>
    </li>
  );
}

function PortfolioList({ entries }: { entries: Portfolio[] }) {
  return (
    <Section title="Work to show">
      {entries.length === 0 ? (
        <Empty title="Nothing shown yet">Ask in your job what they did before.</Empty>
      ) : (
        <ul className={classes.portfolio}>
          {entries.map((entry) => (
            <li key={entry.id}>
              <strong>{entry.title}</strong>
              {entry.description ? <Text c="dimmed">{entry.description}</Text> : null}
              <Group gap="md">
                {entry.completed_on ? <Text size="sm">{formatDay(entry.completed_on)}</Text> : null}
                {entry.url ? (
                  <Anchor href={entry.url} rel="nofollow noopener noreferrer" target="_blank" size="sm">
                    See it <span className={classes.hidden}>({entry.title}, opens a new tab)</span>
                  </Anchor>
                ) : null}
              </Group>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
