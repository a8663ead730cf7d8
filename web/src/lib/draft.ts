import { useEffect, useState } from "react";

/** State of a form that survives a reload, a crash and being offline; `clear` forgets it once it was sent. */
export function useDraft<Value>(name: string, initial: Value): [Value, (value: Value) => void, () => void] {
  const key = `jobsphere.draft.${name}`;
  const [value, setValue] = useState<Value>(() => {
    try {
      const kept = localStorage.getItem(key);
      return kept ? { ...initial, ...(JSON.parse(kept) as Value) } : initial;
    } catch {
      return initial;
    }
  });
  useEffect(() => {
    const timer = setTimeout(() => {
      if (JSON.stringify(value) !== JSON.stringify(initial)) localStorage.setItem(key, JSON.stringify(value));
    }, 250);
    return () => clearTimeout(timer);
  }, [key, value, initial]);
  return [value, setValue, () => localStorage.removeItem(key)];
}
