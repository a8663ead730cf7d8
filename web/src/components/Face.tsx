import classes from "./Face.module.css";

const TINTS = 5;

/** Initials on a tint that always is the same for a person. The name stands beside it, so it is silent. */
export function Face({ name, size = 44 }: { name: string; size?: number }) {
  const words = name.trim().split(/\s+/);
  const initials = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => word?.[0] ?? "").join("");
  const tint = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % TINTS;
  return (
    <span
      className={classes.face}
      data-tint={tint}
      style={{ width: size, height: size, fontSize: size * 0.38 }}
      aria-hidden
    >
      {initials.toUpperCase()}
    </span>
  );
}
