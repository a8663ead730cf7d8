import { authMeRetrieve } from "@jobsphere/api-client";
import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { ask } from "@/lib/api";
import { isSignedIn, onSessionChange } from "@/lib/session";

/** True while somebody is signed in on this device; follows sign-in and sign-out in this tab. */
export function useSignedIn(): boolean {
  return useSyncExternalStore(onSessionChange, isSignedIn);
}

/** The signed-in person; `data` is undefined for a visitor and while it loads. */
export function useAccount() {
  const signedIn = useSignedIn();
  return useQuery({ queryKey: ["me"], queryFn: () => ask(authMeRetrieve()), enabled: signedIn, staleTime: 60_000 });
}

export function useRole() {
  const { data } = useAccount();
  const roles = data?.roles ?? [];
  return { customer: roles.includes("customer"), contractor: roles.includes("contractor"), admin: roles.includes("admin") };
}
