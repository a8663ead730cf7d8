import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "@/lib/problems";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal does not become better by asking again; an outage may.
      retry: (count, error) => count < 2 && asProblem(error).retryable,
    },
    mutations: { retry: false },
  },
});
