import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { hasPasskeys } from "@/lib/passkeys";
import { asProblem } from "@/lib/problems";
import { OtherWays } from "./OtherWays";
import { Refused } from "./Refused";
import { prove, type SecondStep, useOpen } from "./signIn";
import { type Way, WAYS, waysHere } from "./ways";
import { t } from "@jobsphere/domain/text";

/** The second proof of a sign-in: an app, a passkey, or a code on paper. */
export function SecondStepForm({ step, startAgain }: { step: SecondStep; startAgain: () => void }) {
  const open = useOpen();
  const ways = waysHere(step.methods, hasPasskeys());
  const [way, setWay] = useState<Way>(ways[0] ?? "recovery_code");
  const [typed, setTyped] = useState("");
  const attempt = useMutation({ mutationFn: async () => open(await prove(step, way, typed)) });
  const over = attempt.isError && ["step-expired", "token-invalid"].includes(asProblem(attempt.error).code);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    attempt.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>{t("Your account is protected by a second proof.")}</Text>
        {attempt.isError ? <Refused error={attempt.error} /> : null}
        {way === "passkey" ? null : (
          <TextInput
            key={way}
            label={WAYS[way].label}
            inputMode={way === "totp" ? "numeric" : "text"}
            autoComplete="one-time-code"
            autoFocus
            required
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        {over ? (
          <Button onClick={startAgain}>{t("Begin again")}</Button>
        ) : (
          <Button type="submit" loading={attempt.isPending}>
            {way === "passkey" ? t("Use my passkey") : t("Go on")}
          </Button>
        )}
        <OtherWays
          ways={ways.filter((each) => each !== way)}
          choose={(next) => {
            attempt.reset();
            setTyped("");
            setWay(next);
          }}
        />
        <Button variant="subtle" size="sm" style={{ alignSelf: "flex-start" }} onClick={startAgain}>
          {t("Sign in as somebody else")}
        </Button>
      </Stack>
    </form>
  );
}
