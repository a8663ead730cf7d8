import { client } from "@jobsphere/api-client/client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ask } from "@/lib/api";
import { type Attached, isPublic, smaller } from "./attached";

/** An address that an <img> can show. Private pictures are read with the session's right: a plain <img> carries none. */
export function usePicture(file: Attached, size: "small" | "large") {
  const open = isPublic(file);
  const found = useQuery({
    queryKey: ["file", file.id, size],
    queryFn: async () => (await ask(client.get({ url: pathOf(file), query: { size }, parseAs: "blob" }))) as Blob,
    enabled: !open,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  const made = useObjectUrl(found.data);
  return { address: open ? smaller(file.url, size) : made, failed: found.isError };
}

function pathOf(file: Attached): string {
  return new URL(file.url, globalThis.location.origin).pathname;
}

function useObjectUrl(blob: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address;
}
