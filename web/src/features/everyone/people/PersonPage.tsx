import { contractorsPackagesRetrieve, contractorsRetrieve, type Contractor, type Portfolio } from "@jobsphere/api-client";
import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { IconClock, IconLanguage, IconMapPin, IconTools } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { AttachmentList } from "@/components/attachments/AttachmentList";
import { useRecordFiles } from "@/components/attachments/records";
import { Face } from "@/components/Face";
import { Page } from "@/components/Page";
import { ReviewsOf } from "@/components/reviews/ReviewsOf";
import { Rating } from "@/components/reviews/Stars";
import { PersonMenu } from "@/components/safety/PersonMenu";
import { Section } from "@/components/Section";
import { Empty, Failed, Loading } from "@/components/States";
import { useAccount } from "@/lib/account";
import { ask } from "@/lib/api";
import { formatDay } from "@/lib/time";
import { Badges } from "./Badges";
import { Prices } from "./PersonCard";
import classes from "./PersonPage.module.css";
import { Said } from "@/components/Said";
import { coded, language, t } from "@jobsphere/domain/text";

const languageName = new Intl.DisplayNames(language(), { type: "language" });

/** What anybody may know of a contractor, and the two ways to hire them. */
export function PersonPage() {
  const { contractorId } = useParams({ strict: false }) as { contractorId: string };
  const person = useQuery({
    queryKey: ["contractors", contractorId],
    queryFn: () => ask(contractorsRetrieve({ path: { contractor_id: contractorId } })),
  });
  if (person.isError) {
    return (
      <Page title={t("Contractor")}>
        <Failed error={person.error} retry={() => void person.refetch()} />
      </Page>
    );
  }
  if (!person.data) {
    return (
      <Page title={t("Contractor")}>
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
      aside={
        <Group gap="sm">
          <PersonMenu personId={person.id} name={person.name} />
          <Face name={person.name} id={person.id} size={76} />
        </Group>
      }
    >
      <div className={classes.columns}>
        <Stack gap="xl">
          {person.bio ? <Text className={classes.bio}>{person.bio}</Text> : null}
          <PortfolioList entries={person.portfolio} />
          <Section title={t("What customers say")}>
            <ReviewsOf personId={person.id} role="contractor" />
          </Section>
          <Section title={t("Good at")}>
            <ul className={classes.skills}>
              {person.categories.map(({ slug, name }) => (
                <li key={slug}>{coded("trade", slug, name)}</li>
              ))}
              {person.skills.map(({ slug, name }) => (
                <li key={slug}>{coded("skill", slug, name)}</li>
              ))}
            </ul>
          </Section>
        </Stack>
        <aside className={classes.side} aria-label={t("Hire")}>
          <Facts person={person} />
          <HireButtons person={person} />
        </aside>
      </div>
    </Page>
  );
}

function HireButtons({ person }: { person: Contractor }) {
  const account = useAccount();
  const bookable = useQuery({
    queryKey: ["packages", person.id],
    queryFn: () => ask(contractorsPackagesRetrieve({ path: { person_id: person.id } })),
  });
  const open = bookable.data?.is_open;
  if (account.data?.id === person.id) {
    return (
      <Button component={Link} to="/profile" variant="default">
        {t("Edit my profile")}
      </Button>
    );
  }
  return (
    <Stack gap="sm">
      {open ? (
        <Button component={Link} to={`/times/${person.id}`}>
          {t("Book a time")}
        </Button>
      ) : null}
      <Button component={Link} to={`/book/${person.id}`} variant={open ? "default" : "filled"}>
        {t("Book {person}", { person: person.name.split(" ")[0] ?? "" })}
      </Button>
      <Button component={Link} to="/jobs/new" variant="default">
        {t("Post a job instead")}
      </Button>
      <Text size="sm" c="dimmed">
        {t("Your card is only reserved until {person} says yes. Then the money is protected until the work is done.", { person: person.name.split(" ")[0] ?? "" })}
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
      <Rating average={person.rating_average} count={person.rating_count} />
      <Badges badges={person.badges} />
      <ul className={classes.facts}>
        <Fact icon={<IconMapPin size={20} aria-hidden />}>
          {person.place || t("No place given")}
          {person.radius_km ? t(", comes up to {radiusKm} km", { radiusKm: person.radius_km }) : ""}
        </Fact>
        {person.years_of_experience ? (
          <Fact icon={<IconTools size={20} aria-hidden />}>{t("{yearsOfExperience} years in the trade", { yearsOfExperience: person.years_of_experience })}</Fact>
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
  const pictures = useRecordFiles("portfolio_entry", entries.map((entry) => entry.id));
  return (
    <Section title={t("Work to show")}>
      {entries.length === 0 ? (
        <Empty title={t("Nothing shown yet")}>{t("Ask in your job what they did before.")}</Empty>
      ) : (
        <ul className={classes.portfolio}>
          {entries.map((entry) => (
            <li key={entry.id}>
              <strong>{entry.title}</strong>
              {entry.description ? <Text c="dimmed">{entry.description}</Text> : null}
              <AttachmentList files={pictures.data?.get(entry.id) ?? []} label={t("Pictures: {title}", { title: entry.title })} />
              <Group gap="md">
                {entry.completed_on ? <Text size="sm">{formatDay(entry.completed_on)}</Text> : null}
                {entry.url ? (
                  <Anchor href={entry.url} rel="nofollow noopener noreferrer" target="_blank" size="sm">
                    <Said text="See it <0>({title}, opens a new tab)</0>" tags={[<span className={classes.hidden} />]} values={{ title: entry.title }} />
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
