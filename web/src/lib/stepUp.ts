/**
 * Step-up: what cannot be taken back asks again who one is. Wherever the server answers `reauthentication-required`,
 * one dialog opens, and the request is sent again as it was, with its idempotency key and everything that was typed.
 */

type Confirm = () => Promise<boolean>;

let confirm: Confirm | undefined;
let asking: Promise<boolean> | undefined;

/** The dialog registers itself; it answers true when the person has confirmed who they are. */
export function onStepUp(dialog: Confirm): () => void {
  confirm = dialog;
  return () => {
    if (confirm === dialog) confirm = undefined;
  };
}

/** Ask once, however many requests wait for it. */
export function stepUp(): Promise<boolean> {
  asking ??= (confirm?.() ?? Promise.resolve(false)).finally(() => {
    asking = undefined;
  });
  return asking;
}

/** Whether this answer asks for it; the answer itself stays readable. */
export async function wantsStepUp(answer: Response): Promise<boolean> {
  if (answer.status !== 403 || !answer.headers.get("Content-Type")?.includes("json")) return false;
  const body = (await answer.clone().json()) as { code?: string };
  return body.code === "reauthentication-required";
}
