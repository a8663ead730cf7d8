/** What this browser must remember while the person is at Google or Facebook: for this tab only, and used once. */
export interface SocialStep {
  provider: string;
  ticket: string;
  /** Where the person was going. */
  next: string;
}

const KEY = "jobsphere.social";

export function keepSocialStep(step: SocialStep): void {
  sessionStorage.setItem(KEY, JSON.stringify(step));
}

/** Take the step that belongs to this provider; undefined when the return belongs to nothing that began here. */
export function takeSocialStep(provider: string): SocialStep | undefined {
  const kept = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (!kept) return undefined;
  const step = JSON.parse(kept) as SocialStep;
  return step.provider === provider ? step : undefined;
}
