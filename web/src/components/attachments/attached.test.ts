import { describe, expect, it } from "vitest";
import { acceptedBy, formatSize, isPicture, isPublic, kindOf, refusal, smaller } from "./attached";

const file = { id: "1", url: "/api/files/a.pdf", display_name: "Plan.v2.docx", content_type: "application/x", size: 3 };

describe("files in words", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1 KB"],
    [999_499, "999 KB"],
    [999_500, "1.0 MB"],
    [1_440_000, "1.4 MB"],
    [10_485_760, "10 MB"],
    [1_000_000_000, "1.0 GB"],
  ])("%i bytes are %s", (bytes, words) => expect(formatSize(bytes)).toBe(words));

  it("tells the kind by the type, else by the end of the name", () => {
    expect(kindOf({ ...file, content_type: "image/png" })).toBe("PNG picture");
    expect(kindOf(file)).toBe("DOCX");
    expect(kindOf({ ...file, display_name: "plan" })).toBe("File");
  });

  it("names each picture format, so that a phone does not send its own", () => {
    expect(acceptedBy("avatar")).not.toContain("*");
    expect(acceptedBy("attachment")).toContain(".docx");
    expect(acceptedBy("document")).not.toContain("gif");
  });

  it("lets an <img> read public pictures alone", () => {
    expect(isPublic({ ...file, purpose: "portfolio" })).toBe(true);
    expect(isPublic(file)).toBe(false);
    expect(isPicture(file)).toBe(false);
    expect(smaller(file.url, "small")).toBe("/api/files/a.pdf?size=small");
  });

  it("does not send what cannot be taken", () => {
    expect(refusal({ name: "x", size: 0 }, 10)).toBe("This file is empty.");
    expect(refusal({ name: "x", size: 11_534_336 }, 10_485_760)).toBe("This file has 12 MB; 10 MB is the most.");
    expect(refusal({ name: "x", size: 5 }, undefined)).toBeUndefined();
  });
});
