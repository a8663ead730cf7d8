import { type HouseRuleEnum, reportsCreate, reportsRulesRetrieve } from "@jobsphere/api-client";
import { Anchor, Button, Modal, Radio, Stack, Text, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { formatDay } from "@/lib/time";
import { BlockDialog } from "./BlockDialog";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

/** A thing that can be reported, as the server knows it; `title` completes "Report …". */
export interface ReportSubject {
  type: string;
  id: string;
  title: string;
}

interface ReportDialogProps {
  subject: ReportSubject;
  /** Whose it is; offered to be blocked afterwards. */
  person?: { id: string; name: string };
  onClose: () => void;
}

/** Say which rule something breaks. What it says now is kept, so that an edit hides nothing. */
export function ReportDialog({ subject, person, onClose }: ReportDialogProps) {
  const [rule, setRule] = useState<HouseRuleEnum>();
  const [words, setWords] = useState("");
  const [missing, setMissing] = useState(false);
  const [blocking, setBlocking] = useState(false);
  const rules = useQuery({ queryKey: ["house-rules"], queryFn: () => ask(reportsRulesRetrieve()), staleTime: Number.POSITIVE_INFINITY });
  const verb = useVerb((chosen: HouseRuleEnum) =>
    ask(reportsCreate({ body: { subject_type: subject.type, subject_id: subject.id, rule: chosen, words } })),
  );
  if (blocking && person) return <BlockDialog personId={person.id} name={person.name} onClose={onClose} />;
  if (verb.data) return <Thanks answerBy={verb.data.answer_by} person={person} block={() => setBlocking(true)} onClose={onClose} />;
  const send = (): void => {
    setMissing(!rule);
    if (rule) verb.mutate(rule);
  };
  return (
    <Dialog title={t("Report {title}", { title: subject.title })} confirm={t("Send the report")} busy={verb.isPending} error={verb.error} onConfirm={send} onClose={onClose}>
      {rules.isPending ? <Loading rows={3} height={58} /> : null}
      {rules.isError ? <Failed error={rules.error} retry={() => void rules.refetch()} /> : null}
      <Radio.Group
        label={t("Which rule does it break?")}
        required
        value={rule ?? null}
        onChange={(value) => setRule(value as HouseRuleEnum)}
        error={missing && !rule ? t("Choose the rule that fits best.") : undefined}
      >
        <Stack gap="sm" mt="xs">
          {rules.data?.results.map((each) => (
            <Radio key={each.code} value={each.code} label={each.title} description={each.text} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={t("What happened")}
        description={t("In your words, if you like. Only our staff read it.")}
        autosize
        minRows={3}
        maxLength={2000}
        value={words}
        error={verb.error ? asProblem(verb.error).at("/words") : undefined}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {verb.error && asProblem(verb.error).fields.length > 0 ? <Failed error={verb.error} /> : null}
      <Text size="sm" c="dimmed">
        {t("A person looks at it and answers you. Who reported is never told. If somebody is in danger, call the police first.")}
      </Text>
    </Dialog>
  );
}

interface ThanksProps {
  answerBy: string;
  person: { id: string; name: string } | undefined;
  block: () => void;
  onClose: () => void;
}

function Thanks({ answerBy, person, block, onClose }: ThanksProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("Thank you")}
      centered
      radius="lg"
      closeButtonProps={{ "aria-label": t("Close"), size: 44 }}
      styles={{
        title: { fontFamily: "var(--js-heading)", fontSize: "1.25rem", fontWeight: 700 },
        content: { background: "var(--js-card)" },
        header: { background: "var(--js-card)" },
      }}
    >
      <Stack>
        <Text role="status">
          <Said text="We have your report, and you get an answer by {day}. You find it under <0>My reports</0>." tags={[<Anchor component={Link} to="/safety/reports" onClick={onClose} inherit />]} values={{ day: formatDay(answerBy) }} />
        </Text>
        {person ? (
          <Button variant="default" onClick={block}>
            {t("Block {person} as well", { person: person.name })}
          </Button>
        ) : null}
        <Button onClick={onClose}>{t("Done")}</Button>
      </Stack>
    </Modal>
  );
}
