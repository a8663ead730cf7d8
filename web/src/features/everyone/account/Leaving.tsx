import { accountDeactivateCreate, accountDeleteCreate, type AccountState, type Blocker } from "@jobsphere/api-client";
import { Anchor, Button, Group, List, PasswordInput, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { Section } from "@/components/Section";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { forgetDrafts } from "@/lib/drafts";
import { asProblem } from "@/lib/problems";
import { forgetTokens } from "@/lib/session";
import { formatDay } from "@/lib/time";
import { placeOf } from "./places";
import { t } from "@jobsphere/domain/text";

/** Close the account for a while, or for good; what stands in the way of that is said before, not after. */
export function Leaving({ state }: { state: AccountState }) {
  const [asking, setAsking] = useState<"close" | "delete">();
  const free = state.blockers.length === 0;
  return (
    <Section title={t("Leave")}>
      <div className="js-card">
        <Group justify="space-between">
          <Text maw={460}>
            {t("Close it for a while: nobody finds you, every device is signed out, and everything is kept. You can come back within {recoverDays} days.", { recoverDays: state.recover_days })}
          </Text>
          <Button variant="default" onClick={() => setAsking("close")}>
            {t("Close my account")}
          </Button>
        </Group>
      </div>
      <div className="js-card">
        <Stack>
          <Text maw={520}>
            {t("Delete it: it closes at once, and after {graceDays} days your name, address, papers and files are gone for good. Amounts stay in the books without your name, because the law asks for them.", { graceDays: state.grace_days })}
          </Text>
          <Text maw={520}>{t("If you earned here, what tax authorities must be told of you stays too, sealed, as long as the law asks for it.")}</Text>
          {free ? null : <Obstacles blockers={state.blockers} />}
          <Button
            variant="default"
            c={free ? "var(--mantine-color-error)" : undefined}
            style={{ alignSelf: "flex-start" }}
            disabled={!free}
            onClick={() => setAsking("delete")}
          >
            {t("Delete my account")}
          </Button>
        </Stack>
      </div>
      {asking ? <Farewell kind={asking} state={state} close={() => setAsking(undefined)} /> : null}
    </Section>
  );
}

function Obstacles({ blockers }: { blockers: Blocker[] }) {
  return (
    <div>
      <Text fw={600}>{t("Not yet possible:")}</Text>
      <List spacing={6}>
        {blockers.map((blocker) => {
          const place = placeOf(blocker.code);
          return (
            <List.Item key={blocker.code + blocker.detail}>
              {blocker.detail}{" "}
              {place ? (
                <Anchor component={Link} to={place.to}>
                  {place.label}
                </Anchor>
              ) : null}
            </List.Item>
          );
        })}
      </List>
    </div>
  );
}

function Farewell({ kind, state, close }: { kind: "close" | "delete"; state: AccountState; close: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [password, setPassword] = useState("");
  const deleting = kind === "delete";
  const leave = useVerb(
    () => ask(deleting ? accountDeleteCreate({ body: { password } }) : accountDeactivateCreate({ body: { password } })),
    async ({ until }) => {
      forgetTokens();
      forgetDrafts();
      queries.clear();
      const day = formatDay(until);
      const message = deleting
        ? t("Your account is closed. It is deleted on {day}.", { day })
        : t("Your account is closed. You can open it again until {day}.", { day });
      notifications.show({ message, autoClose: 15_000 });
      await navigate({ to: "/" });
    },
  );
  const problem = leave.isError ? asProblem(leave.error) : undefined;
  const blockers = (problem?.facts.blockers ?? []) as Blocker[];
  return (
    <Dialog
      title={deleting ? t("Delete your account?") : t("Close your account?")}
      confirm={deleting ? t("Delete it") : t("Close it")}
      danger
      busy={leave.isPending}
      error={leave.error}
      onConfirm={() => leave.mutate()}
      onClose={close}
    >
      <Text>
        {deleting
          ? t("You have {graceDays} days to change your mind: “Open it again” stands on the sign-in page. After that nobody can bring it back.", { graceDays: state.grace_days })
          : t("Every device is signed out. To come back, choose “Open it again” on the sign-in page.")}
      </Text>
      {blockers.length > 0 ? <Obstacles blockers={blockers} /> : null}
      <PasswordInput
        label={t("Your password")}
        autoComplete="current-password"
        required
        data-autofocus
        value={password}
        error={problem?.at("/password")}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
    </Dialog>
  );
}
