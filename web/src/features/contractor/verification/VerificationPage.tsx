import { type Paper, verificationsList, verificationsNeededRetrieve } from "@jobsphere/api-client";
import { Anchor, Button, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Page } from "@/components/Page";
import { Failed, Loading } from "@/components/States";
import { useRole } from "@/lib/account";
import { ask } from "@/lib/api";
import { everyRow } from "@/lib/pages";
import { currentPaper, type Kind, KINDS, ORDER } from "./papers";
import { PaperCard } from "./PaperCard";
import { PaperDialog } from "./PaperDialog";
import classes from "./Verification.module.css";
import { inside, listed, t } from "@jobsphere/domain/text";

/** What a contractor proves: per kind of paper where it stands, until when, and what to do next. */
export function VerificationPage() {
  const role = useRole();
  const papers = useQuery({
    queryKey: ["verifications"],
    queryFn: () => everyRow((cursor) => ask(verificationsList({ query: { cursor, page_size: 100 } }))),
    enabled: role.contractor,
  });
  const needed = useQuery({
    queryKey: ["verifications", "needed"],
    queryFn: () => ask(verificationsNeededRetrieve()),
    enabled: role.contractor,
  });
  const [sending, setSending] = useState<{ kind: Kind; again?: Paper }>();
  const missing = needed.data?.missing ?? [];
  const failure = papers.error ?? needed.error;
  return (
    <Page
      title={t("My papers")}
      lead={
        <Anchor component={Link} to="/settings">
          {t("Back to my settings")}
        </Anchor>
      }
    >
      {failure ? <Failed error={failure} retry={() => void Promise.all([papers.refetch(), needed.refetch()])} /> : null}
      {role.contractor && !failure && (papers.isPending || needed.isPending) ? <Loading rows={4} height={150} /> : null}
      {papers.data && needed.data ? (
        <Stack gap="lg">
          <Summary missing={missing} badges={needed.data.badges.length} />
          <ul className={classes.papers} aria-label={t("Papers")}>
            {ORDER.map((kind) => (
              <PaperCard
                key={kind}
                kind={kind}
                paper={currentPaper(papers.data, kind)}
                required={missing.includes(kind)}
                send={(again) => setSending({ kind, ...(again ? { again } : {}) })}
              />
            ))}
          </ul>
          <Text size="sm" c="dimmed" maw={560}>
            {t("Pages and numbers rest encrypted. Only you and the people who check them can read them, and customers see nothing but the badge.")}
          </Text>
        </Stack>
      ) : null}
      {sending ? <PaperDialog {...sending} close={() => setSending(undefined)} /> : null}
    </Page>
  );
}

function Summary({ missing, badges }: { missing: Kind[]; badges: number }) {
  if (missing.length > 0) {
    const names = missing.map((kind) => inside(KINDS[kind].title));
    return (
      <section className="js-card" aria-label={t("What is missing")}>
        <Text fw={600}>{t("You can propose, but customers cannot hire you yet.")}</Text>
        <Text>{t("In your trades this has to be proven first: {names}.", { names: listed(names) })}</Text>
      </section>
    );
  }
  return (
    <section className="js-card" aria-label={t("What is missing")}>
      <Text fw={600}>{badges > 0 ? t("Your profile shows {badges, plural, one {# badge} other {# badges}}.", { badges }) : t("Nothing is asked of you.")}</Text>
      <Text>
        {badges > 0 ? t("Customers see what you have proven.") : t("You can be hired. A badge on your profile still makes a difference.")}
      </Text>
      <Button component={Link} to="/profile" variant="default" mt="sm">
        {t("My profile")}
      </Button>
    </section>
  );
}
