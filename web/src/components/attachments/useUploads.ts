import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { asProblem } from "@/lib/problems";
import { filesUsage, uploadWithProgress } from "@/lib/upload";
import { type Attached, type Purpose, refusal } from "./attached";

/** So many files travel at the same time; the others wait their turn. */
const AT_ONCE = 3;

export interface Upload {
  key: string;
  file: File;
  percent: number;
  problem?: string;
  /** Sending it again may help: a lost connection, a server that had no room. */
  retryable?: boolean;
}

interface UseUploads {
  value: readonly Attached[];
  onChange: (files: Attached[]) => void;
  purpose: Purpose;
  max: number;
}

/** Files on their way: each with its progress, its reason when it was refused, and a way to try again or take it back. */
export function useUploads({ value, onChange, purpose, max }: UseUploads) {
  const [rows, setRows] = useState<Upload[]>([]);
  const [surplus, setSurplus] = useState(0);
  const sending = useRef(new Map<string, AbortController>());
  // Each is started once: an effect may still see a row that has just arrived.
  const started = useRef(new Set<string>());
  // Two uploads may end in the same moment; each must see what the other one added.
  const latest = useRef({ value, onChange });
  latest.current = { value, onChange };
  const usage = useQuery({ queryKey: ["files", "usage"], queryFn: filesUsage, staleTime: 300_000 });
  const limit = usage.data?.max_size;

  useEffect(() => () => sending.current.forEach((each) => each.abort()), []);

  const change = (key: string, to: Partial<Upload>): void =>
    setRows((all) => all.map((each) => (each.key === key ? { ...each, ...to } : each)));
  const drop = (key: string): void => setRows((all) => all.filter((each) => each.key !== key));

  const start = ({ key, file }: Upload): void => {
    const stop = new AbortController();
    sending.current.set(key, stop);
    started.current.add(key);
    uploadWithProgress(file, purpose, (percent) => change(key, { percent }), stop.signal)
      .then(
        (stored) => {
          latest.current.value = [...latest.current.value, stored];
          latest.current.onChange([...latest.current.value]);
          drop(key);
        },
        (error: unknown) => {
          if (stop.signal.aborted) return;
          const problem = asProblem(error);
          change(key, { problem: problem.message, retryable: problem.retryable });
        },
      )
      .finally(() => {
        sending.current.delete(key);
        // The next one starts with the drawing that follows.
        setRows((all) => [...all]);
      });
  };

  useEffect(() => {
    for (const row of rows) {
      if (sending.current.size >= AT_ONCE) return;
      if (!row.problem && !started.current.has(row.key)) start(row);
    }
  });

  const add = (files: Iterable<File>): void => {
    const chosen = [...files];
    const room = Math.max(0, max - value.length - rows.length);
    setSurplus(Math.max(0, chosen.length - room));
    const fresh = chosen.slice(0, room).map((file): Upload => {
      const problem = refusal(file, limit);
      return { key: crypto.randomUUID(), file, percent: 0, ...(problem ? { problem } : {}) };
    });
    setRows((all) => [...all, ...fresh]);
  };

  return {
    rows,
    add,
    retry: (key: string) =>
      setRows((all) => all.map((each) => (each.key === key ? { key: crypto.randomUUID(), file: each.file, percent: 0 } : each))),
    cancel: (key: string) => {
      sending.current.get(key)?.abort();
      sending.current.delete(key);
      drop(key);
    },
    /** How many of the last choice did not fit. */
    surplus,
    full: value.length + rows.length >= max,
    busy: rows.some((each) => !each.problem),
    limit,
  };
}

export type Uploads = ReturnType<typeof useUploads>;
