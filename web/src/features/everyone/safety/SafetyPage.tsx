import { type Block, blocksList, restrictionsRetrieve, type StatementOfReasons, statementsList } from "@jobsphere/api-client";
import { Anchor, Button, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Face } from "@/components/Face";
import { Page } from "@/components/Page";
import { LoadMore, usePages } from "@/components/pages";
import { Row, Rows } from "@/components/Rows";
import { BlockDialog } from "@/components/safety/BlockDialog";
import { Section } from "@/components/Section";
import { Empty, Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { formatAgo, formatDay } from "@/lib/time";
import classes from "./Safety.module.css";
import { actsText, measureTitle, untilText } from "./words";
import { t } from "@jobsphere/domain/text";

/** Whom I keep away, what I reported, and what was decided about me. */
export function SafetyPage() {
  return (
    <Page
      title={t("Safety")}
      lead={
        <Anchor component={Link} to="/settings">
          {t("Back to my settings")}
        </Anchor>
      }
      aside={
        <Button component={Link} to="/safety/reports" variant="default">
          {t("My reports")}
        </Button>
      }
    >
      <Stack gap="xl">
        <Restrictions />
        <Blocked />
        <Decisions />
      </Stack>
    </Page>
  );
}

function Restrictions() {
  const found = useQuery({ queryKey: ["restrictions"], queryFn: () => ask(restrictionsRetrieve()) });
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return (
    <>
      {found.data?.results.map((each) => (
        <div key={each.id} className={classes.notice}>
          <Text fw={600}>{t("You cannot {actsText}.", { actsText: actsText(each.restriction?.acts ?? []) })}</Text>
          {each.restriction ? <Text>{t("{untilText}. Everything else, and your money, goes on.", { untilText: untilText(each.restriction) })}</Text> : null}
          <Button component={Link} to={`/safety/statements/${each.id}`} variant="default">
            {t("Why, and how to appeal")}
          </Button>
        </div>
      ))}
    </>
  );
}

function Blocked() {
  const [asking, setAsking] = useState<Block>();
  const blocks = usePages<Block>(["blocks"], (cursor) => ask(blocksList({ query: { cursor, page_size: 30 } })));
  return (
    <Section title={t("People I blocked")}>
      {blocks.isError ? <Failed error={blocks.error} retry={() => void blocks.refetch()} /> : null}
      {blocks.isPending ? <Loading rows={1} height={72} /> : null}
      {blocks.rows?.length === 0 ? (
        <Empty title={t("Nobody")}>{t("On a profile, a job or in a chat, the menu beside the name blocks somebody. They are not told.")}</Empty>
      ) : null}
      {blocks.rows && blocks.rows.length > 0 ? (
        <Rows label={t("People I blocked")}>
          {blocks.rows.map((each) => (
            <Row
              key={each.person.id}
              mark={<Face name={each.person.name} size={40} />}
              title={each.person.name}
              text={t("Blocked {ago}", { ago: formatAgo(each.created_at) })}
              end={
                <Button variant="default" size="sm" onClick={() => setAsking(each)} aria-label={t("Unblock {person}", { person: each.person.name })}>
                  {t("Unblock")}
                </Button>
              }
            />
          ))}
        </Rows>
      ) : null}
      <LoadMore {...blocks} />
      {asking ? <BlockDialog personId={asking.person.id} name={asking.person.name} undo onClose={() => setAsking(undefined)} /> : null}
    </Section>
  );
}

function Decisions() {
  const found = usePages<StatementOfReasons>(["statements"], (cursor) => ask(statementsList({ query: { cursor, page_size: 30 } })));
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.rows?.length) return null;
  return (
    <Section title={t("Decisions about me")}>
      <Rows label={t("Decisions about me")}>
        {found.rows.map((each) => (
          <Row
            key={each.id}
            to={`/safety/statements/${each.id}`}
            title={measureTitle(each)}
            text={`${each.subject_title} · ${formatDay(each.decided_at)}`}
            under={each.appeal ? APPEALS[each.appeal.status] : undefined}
          />
        ))}
      </Rows>
      <LoadMore {...found} />
    </Section>
  );
}

const APPEALS = { open: t("Appeal under way"), upheld: t("Appeal answered: it stands"), overturned: t("Appeal answered: overturned") };
