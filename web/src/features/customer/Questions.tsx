import { Chip, Group, Stack, TextInput } from "@mantine/core";
import classes from "./JobForm.module.css";
import { type Question, questionsFor } from "./questions";
import { t } from "@jobsphere/domain/text";

interface QuestionsProps {
  trade: string;
  answers: Record<string, string>;
  onChange: (answers: Record<string, string>) => void;
}

/** What is asked for this trade; answers are kept with the draft, also when the trade is changed and changed back. */
export function Questions({ trade, answers, onChange }: QuestionsProps) {
  const questions = questionsFor(trade);
  if (questions.length === 0) return null;
  return (
    <fieldset className={classes.skills}>
      <legend>{t("What they will ask (optional)")}</legend>
      <Stack gap="md">
        {questions.map((question) => (
          <Answer key={question.id} question={question} value={answers[question.id] ?? ""} onChange={(value) => onChange({ ...answers, [question.id]: value })} />
        ))}
      </Stack>
    </fieldset>
  );
}

function Answer({ question, value, onChange }: { question: Question; value: string; onChange: (value: string) => void }) {
  const { label, placeholder, choices } = question;
  return (
    <div>
      <TextInput label={label} placeholder={placeholder} maxLength={200} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
      {choices ? (
        <Chip.Group multiple={false} value={value} onChange={onChange}>
          <Group gap="xs" mt={6} role="group" aria-label={label}>
            {choices.map((choice) => (
              <Chip key={choice} value={choice} size="sm" variant="outline">
                {choice}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      ) : null}
    </div>
  );
}
