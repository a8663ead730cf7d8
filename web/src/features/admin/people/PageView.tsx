import type { AdminPage } from "@jobsphere/api-client";
import { client } from "@jobsphere/api-client/client";
import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { openFile } from "@/lib/files";
import { useVerb } from "@/components/useVerb";
import classes from "./People.module.css";
import { inside, t } from "@jobsphere/domain/text";

/** A page of a paper, read with the session's own right: a picture to turn and enlarge, anything else to open. */
export function PageView({ page, label }: { page: AdminPage; label: string }) {
  const picture = page.content_type.startsWith("image/");
  const open = useVerb(() => openFile(page.url, page.display_name));
  return (
    <figure className={classes.page}>
      {picture ? <Picture page={page} label={label} /> : null}
      <Group component="figcaption" justify="space-between" gap="xs">
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {label}: {page.display_name}
        </Text>
        <Button variant="default" size="sm" loading={open.isPending} onClick={() => open.mutate()} aria-label={t("Save {displayName}", { displayName: page.display_name })}>
          {t("Save")}
        </Button>
      </Group>
      {open.isError ? <Failed error={open.error} /> : null}
    </figure>
  );
}

function Picture({ page, label }: { page: AdminPage; label: string }) {
  const [turns, setTurns] = useState(0);
  const [large, setLarge] = useState(false);
  const found = useQuery({
    queryKey: ["admin", "page", page.id],
    queryFn: async () => (await ask(client.get({ url: new URL(page.url, location.origin).pathname, parseAs: "blob" }))) as Blob,
    staleTime: Number.POSITIVE_INFINITY,
    // Sealed pages do not stay in the memory of the browser longer than somebody looks at them.
    gcTime: 0,
  });
  const address = useAddress(found.data);
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!address) return <Loading rows={1} height={260} />;
  return (
    <>
      <button type="button" className={classes.picture} data-large={large || undefined} aria-label={t("{label}: {large, select, yes {make it smaller} other {enlarge it}}", { label, large: large ? "yes" : "other" })} onClick={() => setLarge(!large)}>
        <img src={address} alt="" style={{ rotate: `${turns * 90}deg` }} />
      </button>
      <Button variant="subtle" size="sm" onClick={() => setTurns(turns + 1)} aria-label={t("Turn {label}", { label: inside(label) })}>
        {t("Turn")}
      </Button>
    </>
  );
}

function useAddress(blob: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address;
}
