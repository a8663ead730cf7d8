import type { FundingShapeEnum } from "@jobsphere/api-client";
import { Stack, Text, TextInput } from "@mantine/core";
import { formatMoney } from "@jobsphere/domain/money";
import { MoneyBar, type MoneyPart } from "@/components/MoneyBar";
import { MoneyInput } from "@/components/MoneyInput";
import { formatDay } from "@/lib/time";
import classes from "./CheckoutPage.module.css";
import type { OfferCheck, OfferDraft } from "./offerDraft";
import { t } from "@jobsphere/domain/text";

const SHAPES: { shape: FundingShapeEnum; title: string; text: string }[] = [
  {
    shape: "upfront",
    title: t("All now"),
    text: t("The whole amount is taken when they accept, and protected until you approve the work."),
  },
  {
    shape: "by_milestone",
    title: t("Milestone by milestone"),
    text: t("Only the first milestone is taken when they accept. You pay each other one in before its work starts."),
  },
  {
    shape: "deposit",
    title: t("Deposit"),
    text: t("A deposit is taken when they accept. You pay the balance in before the work starts."),
  },
  {
    shape: "weekly",
    title: t("By the hour"),
    text: t("Each week is protected up to its cap before it starts. Only the hours worked are paid, after you could look at them; the rest goes back."),
  },
];

interface FundingChoiceProps {
  draft: OfferDraft;
  check: OfferCheck;
  judged: boolean;
  change: (part: Partial<OfferDraft>) => void;
}

/** When the customer pays what, with a picture of it. */
export function FundingChoice({ draft, check, judged, change }: FundingChoiceProps) {
  const chosen = draft.funding ?? "upfront";
  return (
    <fieldset className={classes.policies}>
      <legend>{t("How you pay")}</legend>
      {SHAPES.map(({ shape, title, text }) => (
        <label key={shape} className={classes.policy}>
          <input type="radio" name="funding" checked={chosen === shape} onChange={() => change({ funding: shape })} />
          <span>
            <strong>{title}</strong>
            <br />
            <Text span size="sm" c="dimmed">
              {text}
            </Text>
          </span>
        </label>
      ))}
      {chosen === "deposit" && check.amount ? (
        <Stack gap="sm">
          <MoneyInput
            label={t("Deposit")}
            description={t("Of {check}; a part of its own that they hand in first, such as material.", { check: formatMoney(check.amount) })}
            required
            currency={check.amount.currency}
            value={draft.deposit ?? ""}
            error={judged ? check.depositProblem : undefined}
            onChange={(deposit) => change({ deposit })}
          />
          <TextInput
            type="date"
            label={t("Remind me of the balance by (optional)")}
            value={draft.balanceDue ?? ""}
            onChange={(event) => change({ balanceDue: event.currentTarget.value })}
          />
        </Stack>
      ) : null}
      {chosen === "weekly" ? (
        <Stack gap="sm">
          <TextInput
            label={t("Hours a week, at most")}
            required
            inputMode="decimal"
            value={draft.weeklyHours ?? ""}
            error={judged ? check.hoursProblem : undefined}
            onChange={(event) => change({ weeklyHours: event.currentTarget.value })}
          />
          <TextInput
            label={t("For how many weeks (optional)")}
            description={t("Left empty, until one of you ends it.")}
            inputMode="numeric"
            value={draft.weeks ?? ""}
            error={judged ? check.weeksProblem : undefined}
            onChange={(event) => change({ weeks: event.currentTarget.value })}
          />
          {check.dueNow ? (
            <Text>{t("{week} is taken when they accept: the first week, at its cap.", { week: formatMoney(check.dueNow) })}</Text>
          ) : null}
        </Stack>
      ) : null}
      {judged && check.fundingProblem ? (
        <Text role="alert" c="var(--mantine-color-error)" tabIndex={-1} data-error>
          {check.fundingProblem}
        </Text>
      ) : null}
      {check.amount && check.dueNow && chosen !== "weekly" ? (
        <MoneyBar caption={t("Of {check} that you offer", { check: formatMoney(check.amount) })} parts={partsOf(check, draft)} />
      ) : null}
    </fieldset>
  );
}

function partsOf(check: OfferCheck, draft: OfferDraft): MoneyPart[] {
  const { amount, dueNow } = check;
  if (!amount || !dueNow) return [];
  const rest = { ...amount, amount: amount.amount - dueNow.amount };
  const later =
    draft.funding === "deposit" && draft.balanceDue
      ? t("balance, by {day} or before its work starts", { day: formatDay(draft.balanceDue) })
      : t("later, before its work starts");
  return [
    { label: t("now: taken when they accept, then protected"), money: dueNow, tone: "protected" },
    { label: later, money: rest, tone: "waiting" },
  ];
}
