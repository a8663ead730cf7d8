import { authMfaRecoveryCodesCreate } from "@jobsphere/api-client";
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { Section } from "@/components/Section";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { NewCodes } from "./NewCodes";
import { t } from "@jobsphere/domain/text";

export function RecoveryCodes({ left }: { left: number }) {
  const [asking, setAsking] = useState(false);
  const [codes, setCodes] = useState<string[]>([]);
  const renew = useVerb(
    () => ask(authMfaRecoveryCodesCreate()),
    (made) => {
      setAsking(false);
      setCodes(made.recovery_codes);
    },
  );
  return (
    <Section title={t("Recovery codes")}>
      <div className="js-card">
        {codes.length > 0 ? <NewCodes codes={codes} done={() => setCodes([])} /> : null}
        <Group justify="space-between">
          <Text>{left === 0 ? t("You have none left.") : t("You have {left} left.", { left })}</Text>
          <Button variant="default" onClick={() => setAsking(true)}>
            {t("Make new ones")}
          </Button>
        </Group>
      </div>
      {asking ? (
        <Dialog
          title={t("Make new recovery codes?")}
          confirm={t("Make ten new ones")}
          busy={renew.isPending}
          error={renew.error}
          onConfirm={() => renew.mutate()}
          onClose={() => setAsking(false)}
        >
          <Text>{t("The old ones stop working at once.")}</Text>
        </Dialog>
      ) : null}
    </Section>
  );
}
