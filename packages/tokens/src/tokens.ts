/** Colours and spacing of JobSphere, shared by the web app and (later) the mobile app. Ten shades each, light to dark. */

export type Shades = readonly [string, string, string, string, string, string, string, string, string, string];

/** The accent: money that is safe. Shade 7 carries white text at 5.6:1, shade 3 reads on the dark background at 9:1. */
export const pine: Shades = [
  "#e9f7f1", "#cfeee0", "#9fdcc2", "#6fcba6", "#43b98b", "#1fa574", "#118a5e", "#0b6e4f", "#07573e", "#04402d",
];

/** Text and night: a blue-black that is warmer than grey. */
export const ink: Shades = [
  "#f3f5f9", "#e2e7f0", "#c5cede", "#a3b0c8", "#7f8fad", "#627393", "#4a5a79", "#34425d", "#212c42", "#131b2b",
];

/** Waiting, clearing, fees: attention without alarm. */
export const amber: Shades = [
  "#fff6e5", "#ffe8bf", "#ffd58a", "#ffc052", "#f7a928", "#dd8d0c", "#b36f00", "#8a5500", "#693f00", "#472b00",
];

export const paper = { light: "#fbfaf7", dark: "#11161f" } as const;
export const card = { light: "#ffffff", dark: "#1a212d" } as const;
export const line = { light: "#e4e1d8", dark: "#2d3747" } as const;

/** What money is doing, as a colour; the MoneyBar and every badge use these and no others. */
export const moneyTones = {
  protected: { light: "#0b6e4f", dark: "#3cb489" },
  released: { light: "#1f4e9c", dark: "#7aa5ea" },
  fees: { light: "#8a5500", dark: "#e0a64a" },
  refunded: { light: "#6b5b95", dark: "#b3a3dd" },
  waiting: { light: "#6d7890", dark: "#8d99b0" },
} as const;

export type MoneyTone = keyof typeof moneyTones;
