import { type RefObject, useEffect } from "react";
import type { Problem } from "@/lib/problems";

/** After a refusal, go to the first field that is wrong, or to the message, so nobody has to hunt for it. */
export function useFocusOnProblem(form: RefObject<HTMLElement | null>, problem: Problem | undefined): void {
  useEffect(() => {
    if (!problem) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    const target = wrong ?? form.current?.querySelector<HTMLElement>('[role="alert"]');
    if (target && !wrong) target.tabIndex = -1;
    target?.focus();
  }, [form, problem]);
}
