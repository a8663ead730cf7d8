import { describe, expect, it } from "vitest";
import { contractorFields } from "./forms";
import { cvChange, cvParts } from "./fromCv";

const DRAFT = { headline: "Joiner", bio: "", skills: ["cabinet-making"], categories: [], years_of_experience: 12, languages: ["en"] };

describe("a draft out of a CV", () => {
  it("shows what the document says, and nothing else", () => {
    expect(cvParts(DRAFT).map((part) => part.key)).toEqual(["headline", "skills", "years_of_experience", "languages"]);
    expect(cvParts(DRAFT)[1]?.value).toBe("cabinet making");
  });

  it("takes what was chosen, and lists only grow", () => {
    const fields = { ...contractorFields(null), headline: "Mine", skills: ["flooring"] };
    expect(cvChange(fields, DRAFT, new Set(["skills", "years_of_experience"]))).toEqual({
      skills: ["flooring", "cabinet-making"],
      years_of_experience: "12",
    });
    expect(cvChange(fields, DRAFT, new Set())).toEqual({});
  });
});
