import { language } from "@jobsphere/domain/text";

const codes = "en es fr de it pt nl pl uk ru tr ar fa ur hi bn zh ja ko vi th id sv da nb fi cs sk hu ro bg el he sw so am".split(" ");
const names = new Intl.DisplayNames(language(), { type: "language" });

/** Languages to choose from, by name. */
export const languageChoices = codes
  .map((value) => ({ value, label: names.of(value) ?? value }))
  .sort((left, right) => left.label.localeCompare(right.label, language()));
