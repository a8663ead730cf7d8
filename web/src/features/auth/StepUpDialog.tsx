import {
  authReauthenticateCreate,
  authReauthenticatePasskeyOptionsCreate,
  authReauthenticateRetrieve,
} from "@jobsphere/api-client";
import { PasswordInput, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { hasPasskeys, usePasskeyOf } from "@/lib/passkeys";
import { asProblem } from "@/lib/problems";
import { OtherWays } from "./OtherWays";
import { typedProof, type Way, WAYS, waysHere } from "./ways";
import { t } from "@jobsphere/domain/text";

/** One proof of who this is; then what was asked for goes on by itself. */
export function StepUpDialog({ settle }: { settle: (confirmed: boolean) => void }) {
  const known = useQuery({ queryKey: ["step-up"], queryFn: () => ask(authReauthenticateRetrieve()), gcTime: 0 });
  const ways = waysHere(known.data?.methods ?? [], hasPasskeys());
  const [chosen, setChosen] = useState<Way>();
  const way = chosen ?? ways[0];
  const [typed, setTyped] = useState("");
  const confirm = useMutation({
    mutationFn: () => (way === "passkey" ? withPasskey() : withText(way, typed)),
    onSuccess: () => settle(true),
  });
  // What the dialog leaves to the fields: which proof did not match.
  const refused = confirm.isError ? asProblem(confirm.error).fields[0]?.detail : undefined;
  const choose = (next: Way): void => {
    confirm.reset();
    setTyped("");
    setChosen(next);
  };
  return (
    <Dialog
      title={t("Please confirm that it is you")}
      confirm={way === "passkey" ? t("Use my passkey") : t("Confirm")}
      busy={confirm.isPending}
      error={confirm.error}
      onConfirm={() => confirm.mutate()}
      onClose={() => settle(false)}
    >
      <Text>{t("This cannot be taken back, and it has been a while since you signed in. What you filled in is kept.")}</Text>
      {known.isPending ? <Loading rows={1} height={60} /> : null}
      {known.isError ? <Failed error={known.error} retry={() => void known.refetch()} /> : null}
      {known.data && !way ? (
        <Text role="alert">{t("Set a password or a second factor in your settings first, then try again.")}</Text>
      ) : null}
      {refused ? (
        <Text role="alert" fw={600} c="var(--mantine-color-error)">
          {refused}
        </Text>
      ) : null}
      {way === "password" ? (
        <PasswordInput
          label={WAYS.password.label}
          autoComplete="current-password"
          data-autofocus
          error={Boolean(refused)}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      ) : null}
      {way === "totp" || way === "recovery_code" ? (
        <TextInput
          key={way}
          label={WAYS[way].label}
          inputMode={way === "totp" ? "numeric" : "text"}
          autoComplete="one-time-code"
          data-autofocus
          error={Boolean(refused)}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      ) : null}
      <OtherWays ways={ways.filter((each) => each !== way)} choose={choose} />
    </Dialog>
  );
}

async function withPasskey(): Promise<void> {
  const options = await ask(authReauthenticatePasskeyOptionsCreate());
  const credential = await usePasskeyOf(options);
  await ask(authReauthenticateCreate({ body: { ticket: options.ticket, credential } }));
}

async function withText(way: Way | undefined, typed: string): Promise<void> {
  if (!typed.trim()) throw new Error("Fill in the field first.");
  const body = way === "password" ? { password: typed } : typedProof(way === "totp" ? way : "recovery_code", typed);
  await ask(authReauthenticateCreate({ body }));
}
