import { authSocialFinishCreate, authSocialReturnCreate } from "@jobsphere/api-client";
import { Button, Group, PinInput, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { Page } from "@/components/Page";
import { Failed } from "@/components/States";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { takeSocialStep } from "./social";
import { useOpen } from "./signIn";
import { t } from "@jobsphere/domain/text";

interface Missing {
  ticket: string;
  needs: string;
}

/** The way back from Google or Facebook: into the account, or to the one thing that is still missing. */
export function SocialReturnPage() {
  const { provider } = useParams({ strict: false }) as { provider: string };
  const open = useOpen();
  const [next, setNext] = useState("/home");
  const [missing, setMissing] = useState<Missing>();
  const noteMissing = (error: unknown): void => {
    const { code, facts } = asProblem(error);
    if (code === "social-needs-more") setMissing({ ticket: String(facts.ticket), needs: String(facts.needs) });
  };
  const back = useMutation({
    mutationFn: async () => {
      const step = takeSocialStep(provider);
      const said = new URLSearchParams(globalThis.location.search);
      if (!step || !said.get("code")) throw new Error("This sign-in was not finished. Please begin again.");
      setNext(step.next);
      const body = { ticket: step.ticket, state: said.get("state") ?? "", code: said.get("code") ?? "" };
      await open(await ask(authSocialReturnCreate({ path: { provider }, body })), step.next);
    },
    onError: noteMissing,
  });
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    back.mutate();
  }, [back]);
  if (missing) {
    return (
      <Page title={t("One more step")} narrow>
        <Finish key={missing.ticket} missing={missing} noteMissing={noteMissing} next={next} />
      </Page>
    );
  }
  return (
    <Page title={t("Signing you in")} narrow>
      {back.isError ? (
        <>
          <Failed error={back.error} />
          <Button component={Link} to="/sign-in">
            {t("Back to the sign-in")}
          </Button>
        </>
      ) : (
        <Text role="status">{t("One moment…")}</Text>
      )}
    </Page>
  );
}

type Role = "customer" | "contractor";

function Finish({ missing, next, noteMissing }: { missing: Missing; next: string; noteMissing: (error: unknown) => void }) {
  const open = useOpen();
  const finish = useMutation({
    mutationFn: async (more: { roles?: Role[]; code?: string }) =>
      open(await ask(authSocialFinishCreate({ body: { ticket: missing.ticket, ...more } })), next),
    onError: noteMissing,
  });
  const refused = finish.isError && asProblem(finish.error).code !== "social-needs-more";
  return (
    <Stack>
      {refused ? <Failed error={finish.error} /> : null}
      {missing.needs === "roles" ? (
        <>
          <Text>{t("What brings you here? You can do both later.")}</Text>
          <Group gap="sm">
            <Button loading={finish.isPending} onClick={() => finish.mutate({ roles: ["customer"] })}>
              {t("I need something done")}
            </Button>
            <Button loading={finish.isPending} variant="default" onClick={() => finish.mutate({ roles: ["contractor"] })}>
              {t("I do the work")}
            </Button>
          </Group>
        </>
      ) : (
        <>
          <Text>{t("This address has an account here. We have sent six digits to it, so that nobody else can take it over.")}</Text>
          <PinInput
            length={6}
            type="number"
            size="lg"
            oneTimeCode
            autoFocus
            aria-label={t("Digit of the code")}
            onComplete={(code) => finish.mutate({ code })}
          />
        </>
      )}
    </Stack>
  );
}
