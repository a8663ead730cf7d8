import { Button, Group } from "@mantine/core";
import { actionWord } from "@jobsphere/domain/words";

interface ActionsProps {
  /** What the server allows this viewer now; nothing else is ever drawn. */
  allowed: string[];
  /** The actions that this screen offers, the first one is the main one unless it is `quiet`. */
  offered: Record<string, { run: () => void; label?: string; danger?: boolean; quiet?: boolean }>;
  busy?: string | undefined;
}

/** Buttons for what the server allows. */
export function Actions({ allowed, offered, busy }: ActionsProps) {
  const shown = Object.entries(offered).filter(([name]) => allowed.includes(name));
  if (shown.length === 0) return null;
  return (
    <Group gap="sm">
      {shown.map(([name, action], index) => (
        <Button
          key={name}
          onClick={action.run}
          loading={busy === name}
          disabled={busy !== undefined && busy !== name}
          variant={index === 0 && !action.danger && !action.quiet ? "filled" : "default"}
          {...(action.danger ? { c: "var(--mantine-color-error)" } : {})}
        >
          {action.label ?? actionWord(name)}
        </Button>
      ))}
    </Group>
  );
}
