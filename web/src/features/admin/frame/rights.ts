import { useAccount } from "@/lib/account";

/** The rights of staff that the back office asks for; administrators hold all of them. */
export function useRights() {
  const { data, isPending, isError, error, refetch } = useAccount();
  const admin = data?.roles.includes("admin") ?? false;
  const rights = data?.rights ?? [];
  return {
    isPending,
    failure: isError ? { error, retry: () => void refetch() } : undefined,
    staff: admin || rights.length > 0,
    holds: (right: string): boolean => admin || rights.includes(right),
  };
}
