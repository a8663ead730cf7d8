import { Button, Skeleton, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { asProblem } from "@/lib/problems";
import { t } from "@jobsphere/domain/text";

/** Nothing here yet, and what to do about it. */
export function Empty({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <Stack className="js-card" align="flex-start" gap="xs">
      <Title order={2} size="h4">
        {title}
      </Title>
      <Text c="dimmed">{children}</Text>
      {action}
    </Stack>
  );
}

/** It did not work: why, and how to go on. Announced to screen readers. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const problem = asProblem(error);
  // A restricted person reads the reasons, wherever something is refused.
  const statement = problem.facts.statement_url;
  return (
    <Stack className="js-card" role="alert" align="flex-start" gap="xs">
      <Text fw={600} c="var(--mantine-color-error)">
        {problem.message}
      </Text>
      {problem.requestId && problem.status >= 500 ? (
        <Text size="sm" c="dimmed">
          {t("Request {requestId}", { requestId: problem.requestId })}
        </Text>
      ) : null}
      {typeof statement === "string" ? <a href={statement}>{t("Why, and how to appeal")}</a> : null}
      {retry ? (
        <Button variant="default" onClick={retry}>
          {t("Try again")}
        </Button>
      ) : null}
    </Stack>
  );
}

/** Cards on their way, of the height they will have, so nothing jumps. */
export function Loading({ rows = 3, height = 132 }: { rows?: number; height?: number }) {
  return (
    <Stack gap="sm" role="group" aria-busy aria-label={t("Loading")}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={height} radius="lg" />
      ))}
    </Stack>
  );
}
