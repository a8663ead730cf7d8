import { type CSSProperties } from "react";
import { type Attached } from "./attached";
import classes from "./Attachments.module.css";
import { FileMark } from "./FileMark";
import { usePicture } from "./usePicture";

interface ThumbProps {
  file: Attached;
  /** A square of so many pixels; otherwise as wide as there is room, in the picture's own proportions. */
  square?: number;
  /** Said to who cannot see it; without one a text beside it says it. */
  alt?: string;
}

/** A small picture. Its place has its size and its colour before it is there, so nothing jumps. */
export function Thumb({ file, square, alt = "" }: ThumbProps) {
  const { address, failed } = usePicture(file, "small");
  if (failed) return <FileMark file={file} />;
  const style: CSSProperties = { background: file.colour || "var(--js-soft)" };
  if (square) Object.assign(style, { width: square, height: square });
  else if (file.width && file.height) style.aspectRatio = `${file.width} / ${file.height}`;
  return (
    <span className={square ? classes.square : classes.thumb} style={style}>
      {address ? <img src={address} alt={alt} loading="lazy" decoding="async" /> : null}
    </span>
  );
}
