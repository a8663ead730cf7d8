import { Said } from "@/components/Said";
import { Anchor, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Failed } from "@/components/States";
import { asProblem } from "@/lib/problems";
import { waitUntil, waitWord } from "@/lib/waiting";
import { t } from "@jobsphere/domain/text";

/** Why a sign-in did not work. Where one has to wait it says how long, counts down, and names the way that needs no wait. */
export function Refused({ error }: { error: unknown }) {
  const problem = asProblem(error);
  const wait = Number(problem.facts.retry_after) || 0;
  return wait > 0 ? <Wait key={`${wait}`} seconds={wait} locked={problem.code === "too-many-attempts"} /> : <Failed error={error} />;
}

function Wait({ seconds, locked }: { seconds: number; locked: boolean }) {
  const [until] = useState(() => Date.now() + seconds * 1000);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000))), 1000);
    return () => clearInterval(timer);
  }, [until]);
  return (
    <Stack className="js-card" gap="xs">
      {/* Said once; the countdown below is for the eyes alone. */}
      <Text role="alert" fw={600} c="var(--mantine-color-error)">
        {t("{locked, select, yes {Too many wrong attempts.} other {That was a lot at once.}} You can try again at {waitUntil}.", { locked: locked ? "yes" : "other", waitUntil: waitUntil(seconds, until - seconds * 1000) })}
      </Text>
      <Text aria-live="off" className="js-number">
        {left > 0 ? t("In {waitWord}.", { waitWord: waitWord(left) }) : t("Now you can try again.")}
      </Text>
      {locked ? (
        <Text size="sm">
          <Said text="Do you not want to wait? A device that you have signed in on before still works, and <0>a new password by e-mail</0> ends the wait." tags={[<Anchor component={Link} to="/forgot" />]} />
        </Text>
      ) : null}
    </Stack>
  );
}
