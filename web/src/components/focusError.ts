/** Move the focus to the first field of a form that says what is wrong with it, once React has drawn the errors. */
export function focusFirstError(form: HTMLElement | null): void {
  requestAnimationFrame(() => {
    // Mantine marks the boxes around a field too, and those do not take the focus.
    for (const wrong of form?.querySelectorAll<HTMLElement>('[aria-invalid="true"], [data-error="true"]') ?? []) {
      wrong.focus();
      if (document.activeElement === wrong) return;
    }
  });
}
