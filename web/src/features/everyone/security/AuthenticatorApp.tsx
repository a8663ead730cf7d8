import { authMfaTotpConfirmCreate, authMfaTotpCreate, authMfaTotpDestroy } from "@jobsphere/api-client";
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { NewCodes } from "./NewCodes";
import classes from "./Security.module.css";
import { t } from "@jobsphere/domain/text";

/** An app that shows six digits; asked for after the password. */
export function AuthenticatorApp({ on }: { on: boolean }) {
  const [removing, setRemoving] = useState(false);
  const [codes, setCodes] = useState<string[]>([]);
  const begin = useVerb(() => ask(authMfaTotpCreate()));
  const remove = useVerb(
    () => ask(authMfaTotpDestroy()),
    () => setRemoving(false),
  );
  return (
    <Section title={t("Authenticator app")}>
      <div className="js-card">
        {codes.length > 0 ? <NewCodes codes={codes} done={() => setCodes([])} /> : null}
        {on ? (
          <Group justify="space-between">
            <Text>{t("On. After your password we ask for six digits.")}</Text>
            <Button variant="default" onClick={() => setRemoving(true)}>
              {t("Remove")}
            </Button>
          </Group>
        ) : begin.data ? (
          <SetUp
            setup={begin.data}
            finished={(made) => {
              begin.reset();
              setCodes(made);
            }}
          />
        ) : (
          <Group justify="space-between">
            <Text>{t("Whoever guesses your password still stands outside.")}</Text>
            {begin.isError ? <Failed error={begin.error} /> : null}
            <Button loading={begin.isPending} onClick={() => begin.mutate()}>
              {t("Set up")}
            </Button>
          </Group>
        )}
      </div>
      {removing ? (
        <Dialog
          title={t("Remove the authenticator app?")}
          confirm={t("Remove")}
          danger
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate()}
          onClose={() => setRemoving(false)}
        >
          <Text>{t("Without a second proof your password alone opens your account, and your wallet with it.")}</Text>
        </Dialog>
      ) : null}
    </Section>
  );
}

interface Setup {
  secret: string;
  qr_svg: string;
}

function SetUp({ setup, finished }: { setup: Setup; finished: (codes: string[]) => void }) {
  const [code, setCode] = useState("");
  const confirm = useVerb(
    () => ask(authMfaTotpConfirmCreate({ body: { code: code.replaceAll(/\s/g, "") } })),
    (made) => finished(made.recovery_codes),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate();
      }}
    >
      <Stack>
        <Text>{t("1. Scan this with your authenticator app, or type the key into it.")}</Text>
        <div className={classes.qr}>
          <img alt={t("QR code for the authenticator app")} src={`data:image/svg+xml;utf8,${encodeURIComponent(setup.qr_svg)}`} />
        </div>
        <Text className={classes.secret}>{setup.secret.replaceAll(/(.{4})/g, "$1 ").trim()}</Text>
        <TextInput
          label={t("2. The six digits that it shows now")}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        {confirm.isError ? <Failed error={confirm.error} /> : null}
        <Button type="submit" loading={confirm.isPending} style={{ alignSelf: "flex-start" }}>
          {t("Turn it on")}
        </Button>
      </Stack>
    </form>
  );
}
