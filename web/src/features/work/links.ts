/** Links that a person types, one a line; a missing https:// is added. `wrong` are the lines that are no link. */
export function readLinks(text: string): { links: string[]; wrong: string[] } {
  const lines = text.split(/\s+/).filter(Boolean);
  const read = lines.map((line) => ({ line, link: asLink(line) }));
  return {
    links: read.flatMap(({ link }) => (link ? [link] : [])),
    wrong: read.filter(({ link }) => !link).map(({ line }) => line),
  };
}

function asLink(line: string): string | undefined {
  const address = /^[a-z][a-z\d+.-]*:/i.test(line) ? line : `https://${line}`;
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname } = new URL(address);
  return /^https?:$/.test(protocol) && hostname.includes(".") ? address : undefined;
}
