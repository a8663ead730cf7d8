/** A file behind a token cannot be a plain link: it was fetched, and the browser saves it now. */
export function saveFile(content: unknown, name: string, type = "application/octet-stream"): void {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([String(content)], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
