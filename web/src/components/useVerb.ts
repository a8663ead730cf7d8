import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { newKey } from "@/lib/api";
import { asProblem } from "@/lib/problems";

/**
 * Do something on the server, and afterwards show everything as it stands now, also when it was refused.
 *
 * `run` gets an idempotency key that stays the same while the outcome is unknown (offline, 5xx), so trying again never
 * moves money twice; an answer, yes or no, ends the intention and the next attempt gets a new one.
 */
export function useVerb<Input = void, Output = unknown>(
  run: (input: Input, key: string) => Promise<Output>,
  onSuccess?: (output: Output, input: Input) => void | Promise<void>,
) {
  const queries = useQueryClient();
  const key = useRef<string | undefined>(undefined);
  return useMutation({
    mutationFn: (input: Input) => {
      key.current ??= newKey();
      return run(input, key.current);
    },
    onSuccess: async (output, input) => {
      key.current = undefined;
      await onSuccess?.(output, input);
    },
    onError: (error) => {
      if (!asProblem(error).retryable) key.current = undefined;
    },
    onSettled: () => void queries.invalidateQueries(),
  });
}
