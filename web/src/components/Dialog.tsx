import { Button, Group, Modal, Stack } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { Failed } from "@/components/States";
import { asProblem } from "@/lib/problems";
import { t } from "@jobsphere/domain/text";

interface DialogProps {
  title: string;
  /** The button that does it says what happens: "Release $900.00". */
  confirm: string;
  children: ReactNode;
  busy: boolean;
  error: unknown;
  danger?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** A question before something happens. Escape and "Not now" leave everything as it is. */
export function Dialog({ title, confirm, children, busy, error, danger = false, onConfirm, onClose }: DialogProps) {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onConfirm();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      centered
      size="md"
      radius="lg"
      closeButtonProps={{ "aria-label": t("Close"), size: 44 }}
      styles={{
        title: { fontFamily: "var(--js-heading)", fontSize: "1.25rem", fontWeight: 700 },
        content: { background: "var(--js-card)" },
        header: { background: "var(--js-card)" },
      }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          {children}
          {error && asProblem(error).fields.length === 0 ? <Failed error={error} /> : null}
          <Group gap="sm" justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("Not now")}
            </Button>
            <Button type="submit" loading={busy} {...(danger ? { color: "red.9" } : {})}>
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
