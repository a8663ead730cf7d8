import { authLoginCreate } from "@jobsphere/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ask } from "@/lib/api";
import { keepTokens } from "@/lib/session";

/** Sign in and go where the person wanted to go. */
export function useSignIn() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ strict: false }) as { next?: string };
  return async (email: string, password: string): Promise<void> => {
    keepTokens(await ask(authLoginCreate({ body: { email, password } })));
    queries.clear();
    await navigate({ to: next ?? "/home", replace: true });
  };
}
