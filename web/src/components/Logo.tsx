import classes from "./Logo.module.css";

export function Logo() {
  return (
    <span className={classes.logo}>
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden>
        <rect width="32" height="32" rx="9" fill="var(--mantine-color-pine-7)" />
        <path d="M9 17.5l5 4.5 9-11" fill="none" stroke="#fff" strokeWidth="3.4" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <span>JobSphere</span>
    </span>
  );
}
