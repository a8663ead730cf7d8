import { coded, t } from "@jobsphere/domain/text";

/** The one place where problems of the API become sentences for people. */

export interface FieldProblem {
  pointer: string;
  code: string;
  detail: string;
}

interface ProblemBody {
  title?: string;
  detail?: string;
  code?: string;
  status?: number;
  request_id?: string;
  errors?: FieldProblem[];
  current_status?: string;
  allowed_actions?: string[];
}

/** An answer that is not the one we hoped for: what happened, where in the form, and what to do next. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly requestId: string;
  readonly fields: FieldProblem[];
  /** Everything that came with it, for the few places that know the problem: a ticket, methods, a challenge. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(body: ProblemBody, status: number) {
    super(sentence(body, status));
    this.name = "Problem";
    this.code = body.code ?? "unknown";
    this.status = body.status ?? status;
    this.requestId = body.request_id ?? "";
    this.fields = (body.errors ?? []).map((field) => ({ ...field, detail: coded("field", field.code, field.detail) }));
    this.facts = { ...body };
  }

  /** The sentence for one field of a form, by its JSON pointer. */
  at(pointer: string): string | undefined {
    return this.fields.find((field) => field.pointer === pointer)?.detail;
  }

  /** True when trying again later may help and nothing was changed. */
  get retryable(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

const sentences: Record<string, string> = {
  "too-many-requests": t("That was a lot at once. Wait a moment and try again."),
  "wrong-status": t("This has changed meanwhile. You now see how it stands."),
  "not-found": t("This is not here, or not for you."),
  "internal-error": t("Something went wrong on our side. Nothing was half done; please try again."),
  "insufficient-balance": t("There is not that much in the wallet."),
};

function sentence(body: ProblemBody, status: number): string {
  if (status === 0) return t("You seem to be offline. What you typed is kept; try again when you are back.");
  const known = body.code ? sentences[body.code] : undefined;
  // The server explains in English, and knows the amounts; other languages have a sentence for each code.
  return known ?? coded("problem", body.code ?? "", body.detail ?? body.title ?? t("That did not work. Please try again."));
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem({ detail: error instanceof Error ? error.message : String(error), code: "unknown" }, 500);
}
