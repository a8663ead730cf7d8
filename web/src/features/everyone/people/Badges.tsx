import { IconRosetteDiscountCheck } from "@tabler/icons-react";
import classes from "./Badges.module.css";
import { t } from "@jobsphere/domain/text";

const WORDS: Record<string, string> = {
  identity_verified: t("Identity checked"),
  licensed: t("Licensed"),
  insured: t("Insured"),
  qualified: t("Qualified"),
};

/** What staff have seen papers for that are still good; nothing else makes a badge. */
export function Badges({ badges }: { badges: readonly string[] }) {
  if (badges.length === 0) return null;
  return (
    <ul className={classes.badges} aria-label={t("Proven")}>
      {badges.map((badge) => (
        <li key={badge}>
          <IconRosetteDiscountCheck size={17} aria-hidden />
          {WORDS[badge] ?? badge.replaceAll("_", " ")}
        </li>
      ))}
    </ul>
  );
}
