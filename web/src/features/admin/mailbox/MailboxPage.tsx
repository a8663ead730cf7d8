import { type Kept, type KeptWhole, sandboxMailboxItemRetrieve, sandboxMailboxRetrieve } from "@jobsphere/api-client";
import { Code, SegmentedControl, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Empty, Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { formatAgo, formatMoment } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { Facts } from "../frame/Listing";
import classes from "./Mailbox.module.css";
import { t } from "@jobsphere/domain/text";

type Look = "html" | "text" | "headers";

/** Every letter and push message that the sandbox sent, as it left. */
export function MailboxPage() {
  return (
    <AdminPage title={t("Mailbox")} right="finance" lead={t("The last 200 letters and push messages of this sandbox, as they left.")}>
      <Mailbox />
    </AdminPage>
  );
}

function Mailbox() {
  const [to, look] = useState("");
  const [wanted] = useDebouncedValue(to, 250);
  const [open, choose] = useState<string | undefined>();
  const mailbox = useQuery({
    queryKey: ["admin", "mailbox", wanted],
    queryFn: () => ask(sandboxMailboxRetrieve({ query: { to: wanted } })),
    refetchInterval: 5_000,
  });
  const kept = mailbox.data?.kept ?? [];
  const shown = open ?? kept[0]?.id;
  return (
    <>
      <TextInput label={t("To")} placeholder={t("Part of an address or a name")} value={to} onChange={(event) => look(event.currentTarget.value)} maw="24rem" />
      {mailbox.isError ? <Failed error={mailbox.error} retry={() => void mailbox.refetch()} /> : null}
      {mailbox.isPending ? <Loading rows={4} height={64} /> : null}
      {mailbox.data && kept.length === 0 ? <Empty title={t("Nothing was sent")}>{wanted ? t("Nothing to this receiver.") : t("Do something that writes to somebody.")}</Empty> : null}
      {kept.length > 0 ? (
        <div className={classes.frame}>
          <ul className={classes.list} aria-label={t("Sent")} tabIndex={0}>
            {kept.map((each) => (
              <Line key={each.id} kept={each} here={each.id === shown} onOpen={() => choose(each.id)} />
            ))}
          </ul>
          {shown ? <Whole key={shown} id={shown} /> : null}
        </div>
      ) : null}
    </>
  );
}

function Line({ kept, here, onOpen }: { kept: Kept; here: boolean; onOpen: () => void }) {
  return (
    <li>
      <button type="button" className={classes.line} aria-current={here || undefined} onClick={onOpen}>
        <span className={classes.subject}>{kept.subject}</span>
        <span className={classes.small}>
          {t("{kind, select, yes {Push} other {E-mail}} to {to} · {ago}", { kind: kept.kind === "push" ? "yes" : "other", to: kept.to, ago: formatAgo(kept.sent_at) })}
        </span>
      </button>
    </li>
  );
}

function Whole({ id }: { id: string }) {
  const item = useQuery({ queryKey: ["admin", "mailbox-item", id], queryFn: () => ask(sandboxMailboxItemRetrieve({ path: { kept_id: id } })), staleTime: Infinity });
  if (item.isError) return <Failed error={item.error} retry={() => void item.refetch()} />;
  if (!item.data) return <Loading rows={1} height={480} />;
  return <Looked item={item.data} />;
}

function Looked({ item }: { item: KeptWhole }) {
  const [how, change] = useState<Look>(item.html ? "html" : "text");
  const looks = [...(item.html ? [{ value: "html", label: t("HTML") }] : []), { value: "text", label: t("Text") }, { value: "headers", label: item.kind === "push" ? t("Payload") : t("Headers") }];
  return (
    <article className={classes.whole} aria-label={item.subject}>
      <div className={classes.head}>
        <div>
          <Text fw={650}>{item.subject}</Text>
          <Text size="sm" c="dimmed">
            {t("To {to}, {when}", { to: item.to, when: formatMoment(item.sent_at) })}
          </Text>
        </div>
        <SegmentedControl aria-label={t("Look at")} size="xs" value={how} onChange={(value) => change(value as Look)} data={looks} />
      </div>
      {how === "html" ? (
        // No script of a letter runs here, and it sees nothing of the page around it.
        <iframe title={t("HTML of {subject}", { subject: item.subject })} className={classes.letter} sandbox="" srcDoc={item.html} />
      ) : null}
      {how === "text" ? (
        <Code block tabIndex={0} className={classes.text}>
          {item.text || t("(empty)")}
        </Code>
      ) : null}
      {how === "headers" ? <Facts of={Object.entries(item.headers).map(([name, value]) => [name, value])} /> : null}
    </article>
  );
}
