import { type Paper, verificationsWithdrawCreate } from "@jobsphere/api-client";
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { openFile } from "@/lib/files";
import { formatDay } from "@/lib/time";
import { type Kind, KINDS, type Standing, standing } from "./papers";
import classes from "./Verification.module.css";
import { t } from "@jobsphere/domain/text";

const WORDS: Record<Standing, { text: string; tone: string; mark: string }> = {
  none: { text: t("Not handed in"), tone: "neutral", mark: "○" },
  checking: { text: t("Being checked"), tone: "waiting", mark: "◔" },
  more: { text: t("We need more"), tone: "bad", mark: "!" },
  good: { text: t("Proven"), tone: "good", mark: "✓" },
  ending: { text: t("Ends soon"), tone: "waiting", mark: "◔" },
  ended: { text: t("Has run out"), tone: "bad", mark: "×" },
  refused: { text: t("Not accepted"), tone: "bad", mark: "×" },
};

interface PaperCardProps {
  kind: Kind;
  paper: Paper | undefined;
  required: boolean;
  send: (again?: Paper) => void;
}

export function PaperCard({ kind, paper, required, send }: PaperCardProps) {
  const { state, days } = standing(paper);
  const word = WORDS[state];
  const name = KINDS[kind].title;
  const handIn = state === "good" || state === "ending" ? t("Hand in a newer one") : t("Hand it in");
  return (
    <li className={classes.paper} data-tone={word.tone}>
      <div className={classes.head}>
        <h2 className={classes.title}>{name}</h2>
        <span className={classes.standing} data-tone={word.tone}>
          <span aria-hidden>{word.mark}</span> {word.text}
        </span>
      </div>
      {required && state !== "checking" ? <Text fw={600}>{t("Needed to be hired in your trades.")}</Text> : null}
      <Text>{next(state, kind, paper, days)}</Text>
      {paper?.reason && (state === "more" || state === "refused") ? <blockquote className={classes.reason}>{paper.reason}</blockquote> : null}
      {paper && paper.files.length > 0 ? <Pages paper={paper} name={name} /> : null}
      <Group gap="sm" mt="auto">
        {state === "more" ? <Button onClick={() => send(paper)}>{t("Send what is missing")}</Button> : null}
        {state !== "more" && state !== "checking" ? (
          <Button variant={required || state === "ended" ? "filled" : "default"} onClick={() => send()} aria-label={`${handIn}: ${name}`}>
            {handIn}
          </Button>
        ) : null}
        {paper?.allowed_actions.includes("withdraw") ? <TakeBack paper={paper} name={name} /> : null}
      </Group>
    </li>
  );
}

function next(state: Standing, kind: Kind, paper: Paper | undefined, days: number | undefined): string {
  const until = paper?.expires_on ? formatDay(`${paper.expires_on}T12:00:00`) : "";
  const { show, badge } = KINDS[kind];
  switch (state) {
    case "none":
      return show;
    case "checking":
      return t("Handed in {day}. We tell you as soon as somebody has looked at it.", { day: paper ? formatDay(paper.created_at) : "" });
    case "more":
      return t("Somebody has looked at it and asks:");
    case "refused":
      return t("Somebody has looked at it and says:");
    case "ended":
      return t("The badge “{badge}” is gone. Hand in the new paper and it comes back.", { badge });
    case "ending":
      return t("Good until {until}: {days, plural, one {the last day} other {# days more}}. Hand in the new one in time and the badge stays.", { until, days: days ?? 0 });
    case "good":
      return until ? t("Your profile says “{badge}”. Good until {until}.", { badge, until }) : t("Your profile says “{badge}”.", { badge });
  }
}

function Pages({ paper, name }: { paper: Paper; name: string }) {
  const open = useVerb((page: Paper["files"][number]) => openFile(page.url, page.display_name));
  return (
    <ul className={classes.pages} aria-label={t("Pages: {name}", { name })}>
      {paper.files.map((page) => (
        <li key={page.id}>
          <button type="button" className={classes.page} onClick={() => open.mutate(page)}>
            {page.display_name}
          </button>
        </li>
      ))}
    </ul>
  );
}

function TakeBack({ paper, name }: { paper: Paper; name: string }) {
  const [asking, setAsking] = useState(false);
  const withdraw = useVerb(
    () => ask(verificationsWithdrawCreate({ path: { verification_id: paper.id } })),
    () => setAsking(false),
  );
  return (
    <>
      <Button variant="subtle" onClick={() => setAsking(true)} aria-label={t("Take it back: {name}", { name })}>
        {t("Take it back")}
      </Button>
      {asking ? (
        <Dialog
          title={t("Take this paper back?")}
          confirm={t("Take it back")}
          danger
          busy={withdraw.isPending}
          error={withdraw.error}
          onConfirm={() => withdraw.mutate()}
          onClose={() => setAsking(false)}
        >
          <Text>{t("It counts no more, its badge goes away, and its pages are deleted.")}</Text>
        </Dialog>
      ) : null}
    </>
  );
}
