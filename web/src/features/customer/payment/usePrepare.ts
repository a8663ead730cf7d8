import { useCallback, useRef } from "react";
import type { Prepare } from "./form";

const notYet: Prepare = async () => {
  throw new Error("The payment form is still loading.");
};

/** Hold what the payment form prepares with, for the moment when the person sends. */
export function usePrepare(): { prepare: Prepare; onReady: (prepare: Prepare) => void } {
  const current = useRef<Prepare>(notYet);
  const prepare = useCallback<Prepare>(() => current.current(), []);
  const onReady = useCallback((next: Prepare) => {
    current.current = next;
  }, []);
  return { prepare, onReady };
}
