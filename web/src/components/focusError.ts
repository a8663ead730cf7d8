/** Move the focus to the first field of a form that says what is wrong with it, once React has drawn the errors. */
export function focusFirstError(form: HTMLElement | null): void {
  requestAnimationFrame(() => {
    form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-error="true"]')?.focus();
  });
}
