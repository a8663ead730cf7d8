import type { ProfileDraft } from "@jobsphere/api-client";
import type { Part } from "@/components/attachments/FromDocument";
import type { ContractorFields } from "./forms";
import { languageChoices } from "./languages";
import { t } from "@jobsphere/domain/text";

const words = (slugs: readonly string[]): string => slugs.map((slug) => slug.replaceAll("-", " ")).join(", ");

/** What a CV suggests, in words; what it does not say is left out. */
export function cvParts(draft: ProfileDraft): Part[] {
  const languages = draft.languages.map((code) => languageChoices.find((each) => each.value === code)?.label ?? code);
  const parts: Part[] = [
    { key: "headline", label: t("What you do, in a line"), value: draft.headline },
    { key: "bio", label: t("About you"), value: draft.bio },
    { key: "categories", label: t("Trades"), value: words(draft.categories) },
    { key: "skills", label: t("Skills"), value: words(draft.skills) },
    { key: "years_of_experience", label: t("Years in the trade"), value: String(draft.years_of_experience ?? "") },
    { key: "languages", label: t("Languages"), value: languages.join(", ") },
  ];
  return parts.filter((part) => part.value !== "");
}

/** The change of the form: lists grow by what is new, texts are replaced. */
export function cvChange(fields: ContractorFields, draft: ProfileDraft, keys: ReadonlySet<string>): Partial<ContractorFields> {
  const both = (old: string[], found: string[]): string[] => [...new Set([...old, ...found])];
  return {
    ...(keys.has("headline") ? { headline: draft.headline } : {}),
    ...(keys.has("bio") ? { bio: draft.bio } : {}),
    ...(keys.has("categories") ? { categories: both(fields.categories, draft.categories) } : {}),
    ...(keys.has("skills") ? { skills: both(fields.skills, draft.skills) } : {}),
    ...(keys.has("years_of_experience") ? { years_of_experience: String(draft.years_of_experience ?? "") } : {}),
    ...(keys.has("languages") ? { languages: both(fields.languages, draft.languages) } : {}),
  };
}
