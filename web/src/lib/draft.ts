import { useEffect, useRef, useState } from "react";

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
  // What leaving the screen must not lose, although the last keystroke was a moment ago.
  const unsaved = useRef<string | undefined>(undefined);
  useEffect(() => {
    const text = JSON.stringify(value);
    if (text === JSON.stringify(initial)) return;
    unsaved.current = text;
    const timer = setTimeout(() => {
      localStorage.setItem(key, text);
      unsaved.current = undefined;
    }, 250);
    return () => clearTimeout(timer);
  }, [key, value, initial]);
  useEffect(() => {
    const keep = (): void => {
      if (unsaved.current) localStorage.setItem(key, unsaved.current);
    };
    // A reload or a closed tab does not unmount anything.
    globalThis.addEventListener("pagehide", keep);
    return () => {
      globalThis.removeEventListener("pagehide", keep);
      keep();
    };
  }, [key]);
  const clear = (): void => {
    unsaved.current = undefined;
    localStorage.removeItem(key);
  };
  return [value, setValue, clear];
}
