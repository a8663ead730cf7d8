import { t } from "@jobsphere/domain/text";

/** What staff may be allowed, in the words of whoever grants it. */
export const RIGHTS: { right: string; title: string; text: string }[] = [
  { right: "users", title: t("People"), text: t("Find people, close and open their accounts.") },
  { right: "support", title: t("Support"), text: t("Read everybody's jobs and contracts.") },
  { right: "finance", title: t("Finance"), text: t("The books, and decisions about other people's money.") },
  { right: "commission", title: t("Commission"), text: t("What the marketplace charges.") },
  { right: "audit", title: t("Audit"), text: t("Read the audit trail.") },
  { right: "operations", title: t("Operations"), text: t("The queue, and how the marketplace is set up.") },
  { right: "verification", title: t("Papers"), text: t("Look at the papers of contractors, and decide.") },
  { right: "moderation", title: t("Moderation"), text: t("Reports about people, restrictions and appeals.") },
];
