/** Every quarter of an hour of a day, and its end. */
export const TIMES: number[] = Array.from({ length: 97 }, (_, index) => index * 15);
