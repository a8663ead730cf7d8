/**
 * Proof of work: after several failures the server asks for a little arithmetic before the next try. It costs a person a
 * moment and a flood a fortune. Solved here without asking anybody.
 */

interface Challenge {
  challenge: string;
  bits: number;
  header: string;
}

/** What this answer asks to be solved; undefined when it asks for nothing. */
export async function challengeOf(answer: Response): Promise<Challenge | undefined> {
  if (answer.status !== 428) return undefined;
  const body = (await answer.clone().json()) as Partial<Challenge> & { code?: string };
  if (body.code !== "work-required" || !body.challenge || !body.bits || !body.header) return undefined;
  return { challenge: body.challenge, bits: body.bits, header: body.header };
}

/** Find a nonce so that the SHA-256 of "challenge:nonce" begins with so many zero bits; returns "challenge:nonce". */
export async function solve({ challenge, bits }: Pick<Challenge, "challenge" | "bits">): Promise<string> {
  const encoder = new TextEncoder();
  for (let nonce = 0; ; nonce += 1) {
    const text = `${challenge}:${nonce}`;
    if (leadingZeroBits(new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text)))) >= bits) return text;
  }
}

export function leadingZeroBits(bytes: Uint8Array): number {
  const first = bytes.findIndex((byte) => byte !== 0);
  if (first === -1) return bytes.length * 8;
  return first * 8 + Math.clz32(bytes[first] ?? 0) - 24;
}
