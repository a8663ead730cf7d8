import { smaller } from "./attachments/attached";
import { useFace } from "./attachments/records";
import classes from "./Face.module.css";

const TINTS = 5;

interface FaceProps {
  name: string;
  /** Whose face; without it the initials stand for good. */
  id?: string;
  size?: number;
}

/** A person's picture, or initials on a tint that always is the same for them. The name stands beside it, so it is silent. */
export function Face({ name, id, size = 44 }: FaceProps) {
  const face = useFace(id);
  const words = name.trim().split(/\s+/);
  const initials = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => word?.[0] ?? "").join("");
  const tint = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % TINTS;
  return (
    <span
      className={classes.face}
      data-tint={tint}
      style={{ width: size, height: size, fontSize: size * 0.38, ...(face ? { background: face.colour } : {}) }}
      aria-hidden
    >
      {face ? (
        <img src={smaller(face.url, "small")} alt="" width={size} height={size} decoding="async" />
      ) : (
        initials.toUpperCase()
      )}
    </span>
  );
}
