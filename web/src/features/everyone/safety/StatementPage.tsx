import { statementsAppealCreate, statementsOpenAppealCreate, statementsOpenCreate, statementsRetrieve } from "@jobsphere/api-client";
import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { Page } from "@/components/Page";
import { Empty, Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { Statement } from "./Statement";
import { measureTitle } from "./words";
import { t } from "@jobsphere/domain/text";

/** A decision about me. */
export function StatementPage() {
  const { statementId } = useParams({ strict: false }) as { statementId: string };
  const path = { statement_id: statementId };
  const found = useQuery({ queryKey: ["statements", statementId], queryFn: () => ask(statementsRetrieve({ path })) });
  return (
    <Page
      title={found.data ? measureTitle(found.data) : t("A decision about you")}
      lead={
        <Anchor component={Link} to="/safety">
          {t("Safety")}
        </Anchor>
      }
    >
      {found.isError ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isPending ? <Loading rows={2} height={240} /> : null}
      {found.data ? (
        <Statement statement={found.data} appeal={(words) => ask(statementsAppealCreate({ path, body: { words } }))} />
      ) : null}
    </Page>
  );
}

/** The same with the link of a letter, for whoever cannot sign in. The token leaves the address at once. */
export function LetterStatementPage() {
  const [token] = useState(takeToken);
  const found = useQuery({
    queryKey: ["statements", "letter", token],
    queryFn: () => ask(statementsOpenCreate({ body: { token } })),
    retry: false,
  });
  return (
    <Page title={found.data ? measureTitle(found.data) : t("A decision about you")}>
      {found.isError ? <NotOpened error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isPending ? <Loading rows={2} height={240} /> : null}
      {found.data ? (
        <Statement statement={found.data} appeal={(words) => ask(statementsOpenAppealCreate({ body: { token, words } }))} />
      ) : null}
    </Page>
  );
}

function NotOpened({ error, retry }: { error: unknown; retry: () => void }) {
  if (asProblem(error).status !== 404) return <Failed error={error} retry={retry} />;
  return (
    <Empty title={t("This link is not valid")}>
      {t("It was cut off, or is no longer good. Open it again from the letter, or sign in and look under Safety.")}
    </Empty>
  );
}

const KEPT = "appeal.token";

/** Kept for this tab, so that a reload does not lose the way in. */
function takeToken(): string {
  const given = new URLSearchParams(globalThis.location.hash.slice(1)).get("token");
  if (!given) return sessionStorage.getItem(KEPT) ?? "";
  sessionStorage.setItem(KEPT, given);
  history.replaceState(history.state, "", globalThis.location.pathname);
  return given;
}
