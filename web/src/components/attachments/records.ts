import { attachmentsRetrieve, attachmentsUpdate } from "@jobsphere/api-client";
import { useQuery } from "@tanstack/react-query";
import { ask } from "@/lib/api";
import type { Attached } from "./attached";

/** Kinds of records whose files screens read and set by themselves. */
export type RecordKind = "avatar" | "portfolio_entry" | "job" | "proposal" | "feedback" | "check_in";

/** The server answers for so many records at once. */
const AT_ONCE = 100;

type Found = Map<string, Attached[]>;

/** The files of some records by the record's id; who may not read one does not learn that it has any. */
export function useRecordFiles(kind: RecordKind, ids: readonly string[]) {
  const wanted = [...new Set(ids)].toSorted().slice(0, AT_ONCE);
  return useQuery({
    queryKey: ["attachments", kind, wanted],
    queryFn: () => filesOf(kind, wanted),
    enabled: wanted.length > 0,
    staleTime: 60_000,
  });
}

/** Say which files a record has from now on. */
export function setRecordFiles(kind: RecordKind, id: string, files: readonly Attached[]) {
  return ask(
    attachmentsUpdate({ path: { target_type: kind, target_id: id }, body: { file_ids: files.map((file) => file.id) } }),
  );
}

async function filesOf(kind: RecordKind, ids: string[]): Promise<Found> {
  const { results } = await ask(attachmentsRetrieve({ path: { target_type: kind }, query: { ids } }));
  return new Map(results.map((each) => [each.target_id, each.files]));
}

// Faces come one by one all over a screen; those that are asked for in the same moment travel together.
let waiting: { id: string; tell: (face: Attached | null) => void; fail: (error: unknown) => void }[] = [];

/** A person's picture, or null; `undefined` while nobody knows. */
export function useFace(id: string | undefined): Attached | null | undefined {
  return useQuery({
    queryKey: ["face", id],
    queryFn: () => faceOf(id ?? ""),
    enabled: Boolean(id),
    staleTime: 300_000,
    retry: false,
  }).data;
}

function faceOf(id: string): Promise<Attached | null> {
  return new Promise((tell, fail) => {
    if (waiting.length === 0) setTimeout(() => void askForFaces(), 10);
    waiting.push({ id, tell, fail });
  });
}

async function askForFaces(): Promise<void> {
  const all = waiting;
  waiting = [];
  for (let start = 0; start < all.length; start += AT_ONCE) {
    const some = all.slice(start, start + AT_ONCE);
    try {
      const found = await filesOf("avatar", [...new Set(some.map((each) => each.id))]);
      for (const each of some) each.tell(found.get(each.id)?.at(-1) ?? null);
    } catch (error) {
      for (const each of some) each.fail(error);
    }
  }
}
