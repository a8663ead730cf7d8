import {
  authMfaPasskeysCreate,
  authMfaPasskeysDestroy,
  authMfaPasskeysOptionsCreate,
  type PasskeyRow,
} from "@jobsphere/api-client";
import { Button, Group, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { Row, Rows } from "@/components/Rows";
import { Section } from "@/components/Section";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { hasPasskeys, makePasskeyOf } from "@/lib/passkeys";
import { formatAgo } from "@/lib/time";
import { deviceName } from "./deviceName";
import { NewCodes } from "./NewCodes";
import { t } from "@jobsphere/domain/text";

/** Sign in with a fingerprint, a face or a security key, without a password. */
export function Passkeys({ passkeys }: { passkeys: PasskeyRow[] }) {
  const [naming, setNaming] = useState(false);
  const [removing, setRemoving] = useState<PasskeyRow>();
  const [codes, setCodes] = useState<string[]>([]);
  return (
    <Section
      title={t("Passkeys")}
      aside={
        hasPasskeys() ? (
          <Button variant="default" onClick={() => setNaming(true)}>
            {t("Add a passkey")}
          </Button>
        ) : undefined
      }
    >
      {codes.length > 0 ? (
        <div className="js-card">
          <NewCodes codes={codes} done={() => setCodes([])} />
        </div>
      ) : null}
      {passkeys.length === 0 ? (
        <Text className="js-card">
          {hasPasskeys()
            ? t("Sign in with your fingerprint, your face or a security key. Nothing to remember, nothing to steal.")
            : t("This browser does not know passkeys.")}
        </Text>
      ) : (
        <Rows label={t("Passkeys")}>
          {passkeys.map((passkey) => (
            <Row
              key={passkey.id}
              title={passkey.name}
              text={`${passkey.synced ? t("On all your devices") : t("On one device")} · ${passkey.last_used_at ? t("used {ago}", { ago: formatAgo(passkey.last_used_at) }) : t("never used")}`}
              end={
                <Button
                  variant="default"
                  size="sm"
                  aria-label={t("Remove {passkey}", { passkey: passkey.name })}
                  onClick={() => setRemoving(passkey)}
                >
                  {t("Remove")}
                </Button>
              }
            />
          ))}
        </Rows>
      )}
      {naming ? (
        <Add
          close={() => setNaming(false)}
          made={(recovery) => {
            setNaming(false);
            setCodes(recovery);
          }}
        />
      ) : null}
      {removing ? <Remove passkey={removing} close={() => setRemoving(undefined)} /> : null}
    </Section>
  );
}

function Add({ close, made }: { close: () => void; made: (codes: string[]) => void }) {
  const [name, setName] = useState(deviceName(navigator.userAgent));
  const add = useVerb(
    async () => {
      const options = await ask(authMfaPasskeysOptionsCreate());
      const credential = await makePasskeyOf(options);
      return ask(authMfaPasskeysCreate({ body: { ticket: options.ticket, credential, name } }));
    },
    (passkey) => made(passkey.recovery_codes),
  );
  return (
    <Dialog
      title={t("Add a passkey")}
      confirm={t("Go on")}
      busy={add.isPending}
      error={add.error}
      onConfirm={() => add.mutate()}
      onClose={close}
    >
      <Text>{t("Your browser asks for your fingerprint, your face, a PIN or a security key.")}</Text>
      <TextInput
        label={t("A name to know it by")}
        maxLength={60}
        required
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </Dialog>
  );
}

function Remove({ passkey, close }: { passkey: PasskeyRow; close: () => void }) {
  const remove = useVerb(() => ask(authMfaPasskeysDestroy({ path: { passkey_id: passkey.id } })), close);
  return (
    <Dialog
      title={t("Remove {passkey}?", { passkey: passkey.name })}
      confirm={t("Remove")}
      danger
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={close}
    >
      <Group>
        {remove.isError ? <Failed error={remove.error} /> : null}
        <Text>{t("It opens your account no more. Your other ways to sign in stay.")}</Text>
      </Group>
    </Dialog>
  );
}
