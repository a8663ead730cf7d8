import { describe, expect, it } from "vitest";
import { deviceName, needsInstalling, stateOf } from "./push";

const FACTS = { supported: true, installFirst: false, key: "BPx", permission: "granted", here: true } as const;
const CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1";

describe("what push is here", () => {
  it("is on only when the person, the browser and the server all say so", () => {
    expect(stateOf(FACTS)).toBe("on");
    expect(stateOf({ ...FACTS, here: false })).toBe("off");
    expect(stateOf({ ...FACTS, permission: "default" })).toBe("off");
  });

  it("says honestly why it cannot be", () => {
    expect(stateOf({ ...FACTS, permission: "denied" })).toBe("blocked");
    expect(stateOf({ ...FACTS, key: "" })).toBe("elsewhere");
    expect(stateOf({ ...FACTS, supported: false })).toBe("unsupported");
    expect(stateOf({ ...FACTS, supported: false, installFirst: true })).toBe("install-first");
  });

  it("knows that an iPhone wants the page on its home screen first", () => {
    expect(needsInstalling(IPHONE, false)).toBe(true);
    expect(needsInstalling(IPHONE, true)).toBe(false);
    expect(needsInstalling(CHROME, false)).toBe(false);
  });

  it("names devices so that people know them apart", () => {
    expect(deviceName(CHROME)).toBe("Chrome on Linux");
    expect(deviceName(IPHONE)).toBe("Safari on iOS");
    expect(deviceName("curl")).toBe("Browser");
  });
});
