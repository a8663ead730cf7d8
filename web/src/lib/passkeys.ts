/** Passkeys in this browser: the server's options in, the browser's answer out, both as JSON. */

interface Options {
  ticket: string;
  options: Record<string, unknown>;
}

/** Whether this browser can do it and speaks JSON about it (all do since early 2025). */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential !== "undefined" && "parseRequestOptionsFromJSON" in PublicKeyCredential;
}

/** Show the browser's own question; raises a sentence when the person declines or has none. */
export async function usePasskeyOf({ options }: Options): Promise<Record<string, unknown>> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(inner(options) as never);
  return asJson(await asked(() => navigator.credentials.get({ publicKey })));
}

/** Make a new passkey on this device. */
export async function makePasskeyOf({ options }: Options): Promise<Record<string, unknown>> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(inner(options) as never);
  return asJson(await asked(() => navigator.credentials.create({ publicKey })));
}

/** Some libraries wrap the options once more. */
function inner(options: Record<string, unknown>): unknown {
  return "publicKey" in options ? options.publicKey : options;
}

async function asked(question: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await question();
    if (credential) return credential as PublicKeyCredential;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
  throw new Error("No passkey was used. Try again, or choose another way.");
}

function asJson(credential: PublicKeyCredential): Record<string, unknown> {
  return credential.toJSON() as unknown as Record<string, unknown>;
}
