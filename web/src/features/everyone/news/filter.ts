/** What the list of news shows, as the address says it. */

import type { NewsGroupEnum } from "@jobsphere/api-client";
import { t } from "@jobsphere/domain/text";

export const THEMES: { theme: NewsGroupEnum; label: string }[] = [
  { theme: "money", label: t("Money") },
  { theme: "work", label: t("Work") },
  { theme: "offers", label: t("Offers") },
  { theme: "proposals", label: t("Proposals") },
  { theme: "jobs", label: t("Jobs") },
  { theme: "messages", label: t("Messages") },
  { theme: "disputes", label: t("Disputes") },
  { theme: "account", label: t("Account") },
];

export interface NewsFilter {
  unread: boolean;
  theme: NewsGroupEnum | undefined;
}

export function readNewsFilter(search: Record<string, unknown>): NewsFilter {
  return {
    unread: search.unread === true,
    theme: THEMES.find((each) => each.theme === search.theme)?.theme,
  };
}
