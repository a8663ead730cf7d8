import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";
import { amber, card, ink, line, moneyTones, paper, pine } from "@jobsphere/tokens";

const heading = '"Bricolage Grotesque Variable", system-ui, sans-serif';

/** Mantine's dark greys are brown beside our navy; these are its ten shades, from text to ground. */
const night: MantineColorsTuple = [
  "#eef1f6",
  "#c5cede",
  "#a9b4c8",
  "#8b97ad",
  "#46546c",
  "#34425d",
  "#202938",
  card.dark,
  "#151b26",
  paper.dark,
];

/** The list box itself scrolls: a scroll area around it could not be reached with the keyboard. */
const openList = { withScrollArea: false, styles: { options: { maxHeight: 260, overflowY: "auto" } } } as const;

export const theme = createTheme({
  primaryColor: "pine",
  primaryShade: { light: 7, dark: 7 },
  colors: {
    dark: night,
    pine: [...pine] as unknown as MantineColorsTuple,
    ink: [...ink] as unknown as MantineColorsTuple,
    amber: [...amber] as unknown as MantineColorsTuple,
  },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  headings: { fontFamily: heading, fontWeight: "700" },
  defaultRadius: "md",
  cursorType: "pointer",
  components: {
    Button: { defaultProps: { size: "md" }, styles: { root: { minHeight: 44 } } },
    TextInput: { defaultProps: { size: "md" } },
    PasswordInput: { defaultProps: { size: "md" } },
    Textarea: { defaultProps: { size: "md", autosize: true, minRows: 3 } },
    NumberInput: { defaultProps: { size: "md" } },
    Select: { defaultProps: { size: "md", ...openList } },
    MultiSelect: { defaultProps: { size: "md", ...openList } },
    Anchor: { defaultProps: { underline: "always" } },
    // Stock ones have a nameless button and words too pale to read.
    Notification: {
      defaultProps: { closeButtonProps: { "aria-label": "Close", size: 44 } },
      styles: { description: { color: "var(--mantine-color-text)" } },
    },
  },
});

const tones = (mode: "light" | "dark"): Record<string, string> =>
  Object.fromEntries(Object.entries(moneyTones).map(([name, value]) => [`--js-${name}`, value[mode]]));

/** Mantine's stock dimmed, placeholder and light colours fail AA contrast; these do not. */
export const variables: CSSVariablesResolver = () => ({
  variables: { "--js-heading": heading },
  light: {
    "--mantine-color-body": paper.light,
    "--mantine-color-text": ink[9],
    "--mantine-color-dimmed": "#56627a",
    "--mantine-color-placeholder": "#6b7690",
    "--mantine-color-anchor": pine[7],
    "--mantine-color-error": "#b3261e",
    "--js-card": card.light,
    "--js-line": line.light,
    "--js-accent": pine[7],
    "--js-soft": pine[0],
    ...tones("light"),
  },
  dark: {
    "--mantine-color-body": paper.dark,
    "--mantine-color-text": "#eef1f6",
    "--mantine-color-dimmed": "#a9b4c8",
    "--mantine-color-placeholder": "#8b97ad",
    "--mantine-color-anchor": "#5fd3a6",
    "--mantine-color-error": "#ffb4ab",
    "--mantine-color-default": card.dark,
    "--mantine-color-default-hover": "#232c3b",
    "--mantine-color-default-border": "#46546c",
    "--js-card": card.dark,
    "--js-line": line.dark,
    "--js-accent": "#5fd3a6",
    "--js-soft": "#16302a",
    ...tones("dark"),
  },
});
