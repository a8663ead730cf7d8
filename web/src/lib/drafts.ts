/** Forget everything that was typed and not sent: the next person at this device must not read it. */
export function forgetDrafts(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("jobsphere.draft.")) localStorage.removeItem(key);
  }
}
