import type { SandboxMode } from "@jobsphere/api-client";
import { sandboxRetrieve } from "@jobsphere/api-client";
import { Popover, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { useSignedIn } from "@/lib/account";
import { ask } from "@/lib/api";
import { useRights } from "../frame/rights";
import classes from "./RehearsalBar.module.css";
import { aheadWords, momentWords, shortMoment } from "./words";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

/** Over every screen of a sandbox: that no money is real, the clock, test cards, the last letter; for staff the way to the stage. */
export function RehearsalBar() {
  const signedIn = useSignedIn();
  const mode = useQuery({
    queryKey: ["sandbox", signedIn],
    queryFn: () => ask(sandboxRetrieve()),
    refetchInterval: (query) => (query.state.data?.sandbox ? 20_000 : false),
    staleTime: 15_000,
  });
  const shown = mode.data?.sandbox ? mode.data : undefined;
  useEffect(() => {
    // The screen ends above the bar, so nothing is hidden under it.
    document.documentElement.style.setProperty("--js-bar", shown ? "2.75rem" : "0px");
  }, [shown]);
  return shown ? <Bar mode={shown} alone={!signedIn} /> : null;
}

function Bar({ mode, alone }: { mode: SandboxMode; alone: boolean }) {
  const rights = useRights();
  return (
    <aside className={classes.bar} data-alone={alone || undefined} aria-label={t("Sandbox")}>
      <span className={classes.name}>
        <Said text="Sandbox<0>: no money is real</0>" tags={[<span className={classes.wide} />]} />
        {mode.down ? <span className={classes.down}>{`, ${t("gateway down")}`}</span> : null}
      </span>
      {mode.clock ? (
        <span className={classes.clock} title={aheadWords(mode.clock.ahead_seconds)}>
          <span className={classes.phone}>{shortMoment(mode.clock.now)}</span>
          <span className={classes.wide}>{momentWords(mode.clock.now)}</span>
          {mode.clock.ahead_seconds >= 60 ? <span className={classes.wide}> · {aheadWords(mode.clock.ahead_seconds)}</span> : null}
        </span>
      ) : null}
      <Opens label={t("Cards")}>
        <dl className={classes.numbers} tabIndex={0}>
          {mode.cards.map((card) => (
            <div key={card.number} style={{ display: "contents" }}>
              <dt>{card.number.replaceAll(/(\d{4})(?=\d)/g, "$1 ")}</dt>
              <dd>{card.does}</dd>
            </div>
          ))}
        </dl>
      </Opens>
      {alone ? null : (
        <Opens label={t("Mail")}>
          {mode.last_mail ? (
            <>
              <strong>{mode.last_mail.subject}</strong>
              <pre className={classes.letter} tabIndex={0}>
                {mode.last_mail.text}
              </pre>
            </>
          ) : (
            <Text>{t("None yet.")}</Text>
          )}
        </Opens>
      )}
      {rights.holds("finance") ? (
        <Link to="/admin/rehearsal" className={classes.button} style={{ display: "grid", placeItems: "center" }}>
          {t("Rehearse")}
        </Link>
      ) : null}
    </aside>
  );
}

function Opens({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Popover position="top-end" width={340} shadow="md" radius="lg" withinPortal trapFocus>
      <Popover.Target>
        <button type="button" className={classes.button}>
          {label}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>{children}</Popover.Dropdown>
    </Popover>
  );
}
