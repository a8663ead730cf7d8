import {
  type Contract,
  type Review,
  type ReviewRound,
  reviewsCreate,
  reviewsReplyCreate,
  reviewsRoundsRetrieve,
  reviewsUpdate,
} from "@jobsphere/api-client";
import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { OneReview } from "@/components/reviews/ReviewsOf";
import { StarsInput } from "@/components/reviews/Stars";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { useDraft } from "@/lib/draft";
import { asProblem } from "@/lib/problems";
import { formatDay } from "@/lib/time";
import { t } from "@jobsphere/domain/text";

/** After the work: say how it was, read what the other one said, answer it. Nothing is drawn before there is a round. */
export function ContractReviews({ contract }: { contract: Contract }) {
  const over = contract.status !== "active";
  const round = useQuery({
    queryKey: ["reviews", "round", contract.id],
    queryFn: () => ask(reviewsRoundsRetrieve({ path: { contract_id: contract.id } })),
    enabled: over,
    // There is none where nothing was paid, and for staff.
    retry: (count, error) => count < 2 && asProblem(error).retryable,
  });
  if (!over || (round.isError && asProblem(round.error).status === 404)) return null;
  if (round.isError) return <Failed error={round.error} retry={() => void round.refetch()} />;
  if (!round.data) return null;
  return (
    <Section title={t("How it was")}>
      <Stack className="js-card">
        <Mine round={round.data} />
        <Theirs round={round.data} />
      </Stack>
    </Section>
  );
}

function Mine({ round }: { round: ReviewRound }) {
  const [editing, setEditing] = useState(false);
  const name = round.other?.name ?? t("The other side");
  if (round.mine === null || editing) {
    if (!editing && !round.allowed_actions.includes("review")) {
      return <Text c="dimmed">{t("You did not review {name}; the time for it is over.", { name })}</Text>;
    }
    return <ReviewForm round={round} mine={round.mine} done={() => setEditing(false)} />;
  }
  return (
    <Stack gap="xs">
      <OneReview review={round.mine} by={t("You on {name}", { name })} />
      {round.mine.status === "hidden" ? <Text role="note">{t("We do not show it; our decision says why.")}</Text> : null}
      {round.mine.status === "sealed" ? (
        <Text c="dimmed" size="sm">
          {t("Only you can read it. It is shown when {name} has written too, or on {day}.", { name, day: formatDay(round.closes_at) })}
        </Text>
      ) : null}
      {round.mine.allowed_actions.includes("edit") ? (
        <Button variant="default" onClick={() => setEditing(true)} style={{ alignSelf: "flex-start" }}>
          {t("Change it")}
        </Button>
      ) : null}
    </Stack>
  );
}

function ReviewForm({ round, mine, done }: { round: ReviewRound; mine: Review | null; done: () => void }) {
  const name = round.other?.name ?? t("the other side");
  const [draft, setDraft, forget] = useDraft(`review.${round.contract_id}`, {
    rating: mine?.rating ?? 0,
    text: mine?.text ?? "",
  });
  const [judged, setJudged] = useState(false);
  const needsWords = draft.rating > 0 && draft.rating <= 2 && draft.text.trim() === "";
  const verb = useVerb(
    () =>
      mine
        ? ask(reviewsUpdate({ path: { review_id: mine.id }, body: draft }))
        : ask(reviewsCreate({ body: { ...draft, contract_id: round.contract_id } })),
    () => {
      forget();
      notifications.show({ message: t("Thank you. Your review is kept.") });
      done();
    },
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setJudged(true);
    if (draft.rating > 0 && !needsWords) verb.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <StarsInput
          label={t("How was it with {name}?", { name })}
          value={draft.rating}
          onChange={(rating) => setDraft({ ...draft, rating })}
          error={judged && draft.rating === 0 ? t("Choose one to five stars.") : undefined}
        />
        <Textarea
          label={t("In your words")}
          description={t("What would you tell a friend? Everybody can read it, with your first name.")}
          autosize
          minRows={3}
          maxLength={2000}
          value={draft.text}
          onChange={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
          error={judged && needsWords ? t("With one or two stars, say in a few words what went wrong.") : undefined}
        />
        <Text c="dimmed" size="sm">
          {t("{name} cannot read it before they have written too, or before {day}. So be honest.", { name, day: formatDay(round.closes_at) })}
        </Text>
        {verb.isError ? <Failed error={verb.error} /> : null}
        <Group>
          <Button type="submit" loading={verb.isPending}>
            {mine ? t("Keep the change") : t("Give this review")}
          </Button>
          {mine ? (
            <Button variant="default" onClick={done}>
              {t("Not now")}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </form>
  );
}

function Theirs({ round }: { round: ReviewRound }) {
  const name = round.other?.name ?? t("the other side");
  if (!round.theirs) {
    if (!round.published_at) return null;
    return <Text c="dimmed">{t("{name} did not write a review.", { name })}</Text>;
  }
  return (
    <Stack gap="xs">
      <OneReview review={round.theirs} by={t("{name} on you", { name })} />
      {round.theirs.allowed_actions.includes("reply") ? <ReplyForm review={round.theirs} /> : null}
    </Stack>
  );
}

function ReplyForm({ review }: { review: Review }) {
  const [{ text }, setDraft, forget] = useDraft(`review-reply.${review.id}`, { text: "" });
  const verb = useVerb(
    () => ask(reviewsReplyCreate({ path: { review_id: review.id }, body: { text: text.trim() } })),
    forget,
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim()) verb.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs">
        <Textarea
          label={t("Your public answer")}
          description={t("Once, and it stands.")}
          autosize
          minRows={2}
          maxLength={1000}
          value={text}
          onChange={(event) => setDraft({ text: event.currentTarget.value })}
        />
        {verb.isError ? <Failed error={verb.error} /> : null}
        <Button type="submit" variant="default" loading={verb.isPending} style={{ alignSelf: "flex-start" }}>
          {t("Answer")}
        </Button>
      </Stack>
    </form>
  );
}
