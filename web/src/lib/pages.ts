/** The API's keyset pages. */

export interface Slice<Row> {
  next: string | null;
  results: Row[];
}

/** The opaque cursor inside a `next` address; undefined at the end. */
export function cursorOf(next: string | null | undefined): string | undefined {
  if (!next) return undefined;
  return new URL(next, "http://api.invalid").searchParams.get("cursor") ?? undefined;
}

/** Every row of a list, page after page, for sums that must not miss one; stops after `most` pages. */
export async function everyRow<Row>(
  fetchPage: (cursor: string | undefined) => Promise<Slice<Row>>,
  most = 20,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < most; page += 1) {
    const slice = await fetchPage(cursor);
    rows.push(...slice.results);
    cursor = cursorOf(slice.next);
    if (!cursor) break;
  }
  return rows;
}
