import { describe, expect, test } from "vitest";
import { addDays, clockWords, dayOf, lengthWords, minuteOf, monthFrom, timeIn, weekdayOf, weeksOf } from "./zones";

describe("days and times in a zone", () => {
  test("a moment has the day and the wall clock of the zone, also when the clocks change", () => {
    expect(dayOf("2026-12-31T23:30:00Z", "Europe/Berlin")).toBe("2027-01-01");
    expect(dayOf("2026-12-31T23:30:00Z", "America/New_York")).toBe("2026-12-31");
    expect(["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"].map((each) => timeIn(each, "Europe/Berlin"))).toEqual(["02:30", "02:30"]);
    expect(minuteOf("2027-03-28T01:00:00Z", "Europe/Berlin")).toBe(180);
  });

  test("days are counted over ends of months, leap days and changes of the clocks", () => {
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(addDays("2026-10-24", 2)).toBe("2026-10-26");
    expect(monthFrom("2026-12-31", 1)).toBe("2027-01-01");
    expect(weekdayOf("2026-12-07")).toBe(0);
  });

  test("a month has all of its days once, Monday first", () => {
    const weeks = weeksOf("2028-02-10");
    expect(weeks.every((week) => week.length === 7)).toBe(true);
    const days = weeks.flat().filter((day) => day !== null);
    expect(days).toHaveLength(29);
    expect(weeks[0]?.indexOf("2028-02-01")).toBe(1);
  });

  test("lengths and minutes are said as people say them", () => {
    expect([lengthWords(150), lengthWords(60), lengthWords(45)]).toEqual(["2 h 30 min", "1 h", "45 min"]);
    expect([clockWords(570), clockWords(1440)]).toEqual(["09:30", "24:00"]);
  });
});
