import { fill, patternOf, type Value, type Values } from "@jobsphere/domain/text";
import { cloneElement, Fragment, type ReactElement, type ReactNode } from "react";

interface SaidProps {
  /** English, with `<0>…</0>` where the first of `tags` stands around words. */
  text: string;
  tags?: ReactElement[];
  values?: Values<ReactNode>;
}

/** A whole sentence with links, bold words or other elements in it, so that a language may put them where it likes. */
export function Said({ text, tags = [], values = {} }: SaidProps): ReactNode {
  const pieces = fill<ReactNode>(patternOf(text), values as Values<ReactNode | Value>, (index, inside) => {
    const tag = tags[index];
    return tag ? cloneElement(tag, {}, ...(inside.length > 0 ? [joined(inside)] : [])) : joined(inside);
  });
  return joined(pieces);
}

function joined(pieces: readonly ReactNode[]): ReactNode {
  return pieces.map((piece, index) => <Fragment key={index}>{piece}</Fragment>);
}
