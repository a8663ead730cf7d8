import { Said } from "@/components/Said";
import { authVerifyEmailCreate, authVerifyEmailResendCreate } from "@jobsphere/api-client";
import { Button, Group, PinInput, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { Failed } from "@/components/States";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { t } from "@jobsphere/domain/text";

const DIGITS = 6;
/** How long the button for another letter waits at first; the server says when it is longer. */
const PATIENCE = 60;

interface VerifyFormProps {
  email: string;
  ticket: string;
  /** What comes afterwards. At the sign-up that is the sign-in, refused while the address must be verified first. */
  go: () => Promise<void>;
  /** The person may do it later, where the marketplace allows that. */
  mayWait?: boolean;
}

/** The code of the letter, typed, pasted or filled in by the phone. */
export function VerifyForm({ email, ticket, go, mayWait = false }: VerifyFormProps) {
  const [code, setCode] = useState("");
  const [current, setCurrent] = useState(ticket);
  const verify = useMutation({
    mutationFn: async (digits: string) => {
      await ask(authVerifyEmailCreate({ body: { ticket: current, code: digits } }));
      await go();
    },
  });
  const later = useMutation({ mutationFn: go });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    verify.mutate(code);
  };
  const failure = verify.error ?? later.error;
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>
          <Said text="We have sent six digits to <0>{email}</0>. They work for 10 minutes." tags={[<strong />]} values={{ email }} />
        </Text>
        {failure ? <Failed error={failure} /> : null}
        <PinInput
          length={DIGITS}
          type="number"
          size="lg"
          oneTimeCode
          autoFocus={mayWait}
          ariaLabel={t("Digit of the code")}
          value={code}
          onChange={setCode}
          onComplete={(digits) => verify.mutate(digits)}
        />
        <Button type="submit" disabled={code.length < DIGITS} loading={verify.isPending}>
          {t("Verify and go on")}
        </Button>
        <Group gap="sm">
          <Resend email={email} sent={setCurrent} />
          {mayWait ? (
            <Button variant="subtle" size="sm" loading={later.isPending} onClick={() => later.mutate()}>
              {t("Later")}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </form>
  );
}

function Resend({ email, sent }: { email: string; sent: (ticket: string) => void }) {
  const [wait, setWait] = useState(PATIENCE);
  useEffect(() => {
    const timer = setInterval(() => setWait((seconds) => Math.max(0, seconds - 1)), 1000);
    return () => clearInterval(timer);
  }, []);
  const again = useMutation({
    mutationFn: () => ask(authVerifyEmailResendCreate({ body: { email } })),
    onSuccess: ({ ticket }) => {
      sent(ticket);
      setWait(PATIENCE);
    },
    onError: (error) => setWait(Number(asProblem(error).facts.retry_after) || PATIENCE),
  });
  return (
    <Button variant="subtle" size="sm" disabled={wait > 0} loading={again.isPending} onClick={() => again.mutate()}>
      {wait > 0 ? t("Send it again in {wait} s", { wait }) : t("Send it again")}
    </Button>
  );
}
