import { t } from "@jobsphere/domain/text";

/** How a person can show who they are, in the words of the screens. */
export type Way = "password" | "totp" | "passkey" | "recovery_code";

export const WAYS: Record<Way, { label: string; instead: string }> = {
  passkey: { label: t("Passkey"), instead: t("Use a passkey instead") },
  totp: { label: t("Six digits from your authenticator app"), instead: t("Use the authenticator app instead") },
  password: { label: t("Password"), instead: t("Use the password instead") },
  recovery_code: { label: t("One of your recovery codes"), instead: t("Use a recovery code instead") },
};

const ORDER: Way[] = ["passkey", "totp", "password", "recovery_code"];

/** The ways that the server offers and this browser can do, the easiest first. */
export function waysHere(methods: readonly string[], passkeys: boolean): Way[] {
  return ORDER.filter((way) => methods.includes(way) && (way !== "passkey" || passkeys));
}

/** What was typed, as the server wants it: the digits of an app may be typed in groups. */
export function typedProof(way: "totp" | "recovery_code", typed: string): { code: string } | { recovery_code: string } {
  return way === "totp" ? { code: typed.replaceAll(/\s/g, "") } : { recovery_code: typed.trim() };
}
