import { expect, test } from "vitest";
import { COINS, moment, ROUND } from "./story";

const inSafe = (seconds: number) => moment(seconds).coins.filter(({ way }) => way > 0.99 && way < 1.01).length;
const released = (seconds: number) => moment(seconds).coins.filter(({ way }) => way > 1.99).length;

test("all the money is in the shut safe while the work is done, and nothing has left it", () => {
  expect([inSafe(5), released(5), moment(5).door, moment(5).scene]).toEqual([COINS, 0, 1, 1]);
  expect(moment(5).lights).toEqual([0, 0, 0]);
});

test("each milestone that lights up lets a third go, and no coin moves before its light", () => {
  expect([8.15, 10.15, 12.2].map(released)).toEqual([3, 6, 9]);
  for (let at = 0; at < 14; at += 0.05) {
    const { coins, lights } = moment(at);
    for (const [index, { way }] of coins.entries()) if (way > 1.02) expect(lights[Math.floor(index / 3)]).toBeGreaterThan(0.9);
  }
});

test("a round ends where the next begins, without a jump that could be seen", () => {
  expect(moment(ROUND - 0.01).coins.every(({ shown }) => shown === 0)).toBe(true);
  expect(moment(0).coins.every(({ shown }) => shown === 0)).toBe(true);
  expect(moment(ROUND).door).toBe(moment(0).door);
});
