import { Button, Group, Stack, Text } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import classes from "./Security.module.css";
import { t } from "@jobsphere/domain/text";

/** Recovery codes, shown once: to be copied, saved or written down now. */
export function NewCodes({ codes, done }: { codes: string[]; done: () => void }) {
  const clipboard = useClipboard();
  const text = codes.join("\n");
  return (
    <Stack mb="md" role="status">
      <Text fw={600}>{t("Keep these codes. Each opens your account once when the phone is lost, and we never show them again.")}</Text>
      <ul className={classes.codes} aria-label={t("Recovery codes")}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group gap="sm">
        <Button variant="default" onClick={() => clipboard.copy(text)}>
          {clipboard.copied ? t("Copied") : t("Copy")}
        </Button>
        <Button
          variant="default"
          component="a"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="jobsphere-recovery-codes.txt"
        >
          {t("Save as a file")}
        </Button>
        <Button onClick={done}>{t("I have kept them")}</Button>
      </Group>
    </Stack>
  );
}
