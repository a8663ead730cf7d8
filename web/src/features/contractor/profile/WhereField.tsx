import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconMapPin } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { findHere, type Point } from "@/lib/here";
import { t } from "@jobsphere/domain/text";

interface WhereFieldProps {
  place: string;
  point: { latitude: number | null; longitude: number | null };
  error?: string | undefined;
  onPlace: (place: string) => void;
  onPoint: (point: Point) => void;
}

/** A place by name, and about where that is, so that people nearby find it. Never an exact door. */
export function WhereField({ place, point, error, onPlace, onPoint }: WhereFieldProps) {
  const look = useMutation({ mutationFn: findHere, onSuccess: onPoint });
  const known = point.latitude !== null && point.longitude !== null;
  return (
    <Stack gap={6}>
      <TextInput
        label={t("Place")}
        description={t("Part of town and city, for example Buckman, Portland.")}
        autoComplete="address-level2"
        value={place}
        error={error}
        onChange={(event) => onPlace(event.currentTarget.value)}
      />
      <Group gap="sm">
        <Button
          size="sm"
          variant="default"
          leftSection={<IconMapPin size={18} aria-hidden />}
          loading={look.isPending}
          onClick={() => look.mutate()}
        >
          {known ? t("Set to where I am now") : t("Use where I am now")}
        </Button>
        <Text size="sm" c="dimmed" role="status">
          {look.isError ? look.error.message : known ? t("On the map, to about a kilometre.") : t("Not on the map yet.")}
        </Text>
      </Group>
    </Stack>
  );
}
