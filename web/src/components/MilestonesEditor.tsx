import { ActionIcon, Button, Stack, Text, TextInput } from "@mantine/core";
import { formatMoney, type Money, typedText } from "@jobsphere/domain/money";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type MilestoneCheck, type MilestoneDraft } from "@/components/milestones";
import { MoneyInput } from "@/components/MoneyInput";
import classes from "./MilestonesEditor.module.css";
import { t } from "@jobsphere/domain/text";

interface MilestonesEditorProps {
  drafts: MilestoneDraft[];
  check: MilestoneCheck;
  /** Show what is wrong; off while the person has not tried to send yet. */
  judged: boolean;
  price: Money;
  onChange: (drafts: MilestoneDraft[]) => void;
}

/** Split the price into parts that are paid one by one. A new row proposes what is left. */
export function MilestonesEditor({ drafts, check, judged, price, onChange }: MilestonesEditorProps) {
  const change = (index: number, part: Partial<MilestoneDraft>): void =>
    onChange(drafts.map((draft, at) => (at === index ? { ...draft, ...part } : draft)));
  const add = (): void => {
    const left = check.rest.amount > 0 ? typedText(check.rest) : "";
    onChange([...drafts, { title: "", amount: left }]);
  };
  return (
    <fieldset className={classes.set}>
      <legend>{t("Milestones (optional)")}</legend>
      <Text size="sm" c="dimmed">
        {t("Paid one by one as they are approved. Without any, the whole job is one payment.")}
      </Text>
      <Stack gap="xs" mt="xs">
        {drafts.map((draft, index) => (
          <div key={index} className={classes.row}>
            <TextInput
              label={t("Milestone {index}", { index: index + 1 })}
              value={draft.title}
              maxLength={200}
              error={judged ? check.rows[index]?.title : undefined}
              onChange={(event) => change(index, { title: event.currentTarget.value })}
            />
            <MoneyInput
              label={t("Amount")}
              value={draft.amount}
              currency={price.currency}
              error={judged ? check.rows[index]?.amount : undefined}
              onChange={(amount) => change(index, { amount })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={44}
              aria-label={t("Remove milestone {index}", { index: index + 1 })}
              onClick={() => onChange(drafts.filter((_, at) => at !== index))}
            >
              <IconTrash size={20} aria-hidden />
            </ActionIcon>
          </div>
        ))}
        <Button variant="default" leftSection={<IconPlus size={18} aria-hidden />} onClick={add} className={classes.add}>
          {t("Add a milestone")}
        </Button>
        <div role="status" tabIndex={-1} {...(judged && check.sum ? { "data-error": true } : {})}>
          {drafts.length > 0 ? (
            <Text size="sm" fw={600} c={check.sum ? "var(--js-fees)" : "var(--js-protected)"}>
              {check.sum ?? t("Adds up to {price}.", { price: formatMoney(price) })}
            </Text>
          ) : null}
        </div>
      </Stack>
    </fieldset>
  );
}
