/** The story that the picture tells, as numbers of a clock: money comes, is held, is released milestone by milestone. */

/** Seconds of one round. */
export const ROUND = 15;
export const COINS = 9;
/** When each milestone is approved; three coins leave with each. */
const APPROVED = [6.2, 8.2, 10.2] as const;
const HELD_FROM = 3.6;
const FLIGHT = 1.3;

export interface Moment {
  /** 0 open, 1 shut. */
  door: number;
  /** Turns of the wheel, in radians. */
  wheel: number;
  /** How bright each milestone is, 0 to 1. */
  lights: [number, number, number];
  coins: CoinAt[];
  scene: 0 | 1 | 2;
}

export interface CoinAt {
  /** Where on its way: 0 at the customer, 1 in the safe, 2 at the contractor. */
  way: number;
  shown: number;
}

export function moment(seconds: number): Moment {
  const at = ((seconds % ROUND) + ROUND) % ROUND;
  const shut = ease((at - 2.9) / 0.7) - ease((at - APPROVED[0] + 0.3) / 0.6) + ease((at - 12.3) / 0.7);
  return {
    door: Math.min(1, Math.max(0, shut)),
    wheel: ease((at - HELD_FROM) / 1.2) * Math.PI * 1.5 - ease((at - APPROVED[0] + 0.9) / 0.8) * Math.PI * 1.5,
    lights: APPROVED.map((when) => ease((at - when + 0.3) / 0.3) * (1 - ease((at - 14.2) / 0.6))) as Moment["lights"],
    coins: Array.from({ length: COINS }, (_, index) => coinAt(index, at)),
    scene: at < HELD_FROM ? 0 : at < APPROVED[0] - 0.3 ? 1 : 2,
  };
}

function coinAt(index: number, at: number): CoinAt {
  const arriving = ease((at - 0.5 - index * 0.13) / FLIGHT);
  const milestone = Math.floor(index / 3);
  const leaving = ease((at - (APPROVED[milestone] ?? 0) - (index % 3) * 0.22) / FLIGHT);
  return { way: arriving + leaving, shown: ease((at - index * 0.05) / 0.3) * (1 - ease((at - 14) / 0.6)) };
}

function ease(part: number): number {
  const within = Math.min(1, Math.max(0, part));
  return within * within * (3 - 2 * within);
}
