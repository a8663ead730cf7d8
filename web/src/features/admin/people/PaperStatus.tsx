import { paperWord } from "./paperWords";

export function PaperStatus({ value }: { value: string }) {
  const { text, mark } = paperWord(value);
  return (
    <span>
      <span aria-hidden>{mark}</span> {text}
    </span>
  );
}
