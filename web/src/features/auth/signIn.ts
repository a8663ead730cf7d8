import {
  authLoginCreate,
  authMfaVerifyCreate,
  authMfaVerifyPasskeyOptionsCreate,
  authPasskeyCreate,
  authPasskeyOptionsCreate,
} from "@jobsphere/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { ask } from "@/lib/api";
import { usePasskeyOf } from "@/lib/passkeys";
import { asProblem } from "@/lib/problems";
import { keepTokens } from "@/lib/session";
import { typedProof, type Way } from "./ways";

/** A sign-in whose first proof was right and that waits for a second one. */
export interface SecondStep {
  ticket: string;
  methods: Way[];
}

interface Opened {
  access_token: string;
}

/** Keep the session and go where the person wanted to go. */
export function useOpen() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ strict: false }) as { next?: string };
  return async (opened: Opened, to?: string): Promise<void> => {
    keepTokens(opened);
    queries.clear();
    await navigate({ to: to ?? next ?? "/home", replace: true });
  };
}

/** Sign in with a password; `second` is there while the account asks for one more proof. */
export function useSignIn() {
  const open = useOpen();
  const [second, setSecond] = useState<SecondStep>();
  const signIn = async (email: string, password: string, to?: string): Promise<void> => {
    try {
      await open(await ask(authLoginCreate({ body: { email, password } })), to);
    } catch (error) {
      const step = secondStep(error);
      if (!step) throw error;
      setSecond(step);
    }
  };
  return { signIn, second, startAgain: () => setSecond(undefined) };
}

/** Read the ticket out of the problem that asks for a second proof. */
export function secondStep(error: unknown): SecondStep | undefined {
  const { code, facts } = asProblem(error);
  if (code !== "mfa-required" || typeof facts.ticket !== "string" || !Array.isArray(facts.methods)) return undefined;
  return { ticket: facts.ticket, methods: facts.methods as Way[] };
}

/** The second proof of a sign-in. */
export async function prove({ ticket }: SecondStep, way: Way, typed: string): Promise<Opened> {
  if (way === "passkey") {
    const options = await ask(authMfaVerifyPasskeyOptionsCreate({ body: { ticket } }));
    const credential = await usePasskeyOf(options);
    return ask(authMfaVerifyCreate({ body: { ticket, credential } }));
  }
  const proof = typedProof(way === "totp" ? way : "recovery_code", typed);
  return ask(authMfaVerifyCreate({ body: { ticket, ...proof } }));
}

/** A passkey alone: who holds it, and has unlocked it, needs no password. */
export async function signInWithPasskey(): Promise<Opened> {
  const options = await ask(authPasskeyOptionsCreate());
  const credential = await usePasskeyOf(options);
  return ask(authPasskeyCreate({ body: { ticket: options.ticket, credential } }));
}
