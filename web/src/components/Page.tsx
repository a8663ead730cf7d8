import { Container, Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";

interface PageProps {
  title: string;
  /** A line under the title. */
  lead?: ReactNode;
  /** Beside the title on a wide screen, under it on a phone. */
  aside?: ReactNode;
  narrow?: boolean;
  /** For a list beside a map. */
  wide?: boolean;
  children: ReactNode;
}

/** The frame of every screen: sets the document's title, and one h1. */
export function Page({ title, lead, aside, narrow = false, wide = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · JobSphere`;
  }, [title]);
  return (
    <Container size={narrow ? "xs" : wide ? 1360 : "md"} py="lg" px="md">
      <Stack gap="lg">
        <Group justify="space-between" align="flex-end" gap="sm">
          <div>
            <Title order={1} size="h2">
              {title}
            </Title>
            {lead ? <Text c="dimmed">{lead}</Text> : null}
          </div>
          {aside}
        </Group>
        {children}
      </Stack>
    </Container>
  );
}
