import { lazy, Suspense, useEffect, useState } from "react";
import { onStepUp } from "@/lib/stepUp";

const StepUpDialog = lazy(() => import("./StepUpDialog").then((module) => ({ default: module.StepUpDialog })));

/** Waits for the moment when the server wants to know again who this is, and opens the one dialog for it. */
export function StepUp() {
  const [settle, setSettle] = useState<(confirmed: boolean) => void>();
  useEffect(
    () =>
      onStepUp(
        () =>
          new Promise<boolean>((resolve) => {
            setSettle(() => (confirmed: boolean) => {
              setSettle(undefined);
              resolve(confirmed);
            });
          }),
      ),
    [],
  );
  if (!settle) return null;
  return (
    <Suspense>
      <StepUpDialog settle={settle} />
    </Suspense>
  );
}
