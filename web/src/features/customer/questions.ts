import { t } from "@jobsphere/domain/text";

/** What contractors of a trade ask first anyway. The answers become lines of the description; none is required. */

export interface Question {
  id: string;
  label: string;
  placeholder: string;
  /** To press instead of typing. */
  choices?: readonly string[];
}

const access: Question = { id: "access", label: t("How does one get in?"), placeholder: t("Third floor, no lift, parking in front") };
const material: Question = { id: "material", label: t("Who brings the material?"), placeholder: t("Tiles are here"), choices: [t("I have it"), t("You bring it"), t("Let us talk about it")] };
const size: Question = { id: "size", label: t("How large is it?"), placeholder: t("Two rooms, about 40 m²") };
const broken: Question = { id: "since", label: t("Since when, and what was tried?"), placeholder: t("Since Monday; turned the valve") };
const often: Question = { id: "often", label: t("How often?"), placeholder: t("Every second Friday"), choices: [t("Once"), t("Every week"), t("Every two weeks"), t("Every month")] };
const level: Question = { id: "level", label: t("What is known already?"), placeholder: t("Two years of school Spanish"), choices: [t("Nothing yet"), "A little", t("Quite a lot")] };
const exists: Question = { id: "exists", label: t("What is there already?"), placeholder: t("A logo and an old site") };
const result: Question = { id: "result", label: t("What should be in your hands at the end?"), placeholder: t("Source files and a short guide") };
const model: Question = { id: "model", label: t("Make and model?"), placeholder: t("Bosch, about eight years old") };

const BY_TRADE: Readonly<Record<string, readonly Question[]>> = {
  electricians: [{ id: "panel", label: t("How old is the fuse box?"), placeholder: t("Renewed in 2015") }, material, access],
  plumbers: [{ id: "water", label: t("Is the water off?"), placeholder: t("Main valve is shut"), choices: [t("Yes"), "No", t("I cannot find the valve")] }, broken, access],
  carpenters: [size, material, access],
  painters: [size, { id: "walls", label: t("What is on the walls now?"), placeholder: t("Old wallpaper, some cracks") }, material],
  roofers: [{ id: "roof", label: t("What roof, and how high?"), placeholder: t("Tiles, two storeys") }, broken, access],
  hvac: [model, broken, access],
  tilers: [size, material, { id: "ground", label: t("What is on the floor now?"), placeholder: t("Old tiles, level") }],
  builders: [size, { id: "permit", label: t("Is there a permit or a plan?"), placeholder: t("Plan is there, permit is not"), choices: [t("Yes"), "No", t("Not needed")] }, access],
  glaziers: [size, material, access],
  cleaners: [size, often, { id: "pets", label: t("Animals at home?"), placeholder: t("One cat"), choices: [t("Yes"), "No"] }],
  gardeners: [size, often, { id: "waste", label: t("Who takes the cuttings away?"), placeholder: t("Please take them"), choices: [t("You"), t("They stay here")] }],
  movers: [{ id: "from", label: t("How much is it?"), placeholder: t("Two rooms, 30 boxes, a piano") }, { id: "floors", label: t("Which floors, with a lift?"), placeholder: t("From the 3rd without, to the 1st with") }],
  "appliance-repair": [model, broken],
  "auto-repair": [model, broken],
  tutoring: [level, often],
  "music-lessons": [level, often],
  fitness: [level, often],
  events: [{ id: "guests", label: t("How many guests?"), placeholder: t("About 60") }, { id: "venue", label: t("What is at the place?"), placeholder: t("A kitchen, no cutlery") }],
  "web-development": [exists, result],
  "mobile-development": [exists, result],
  "data-and-ai": [exists, result],
  design: [exists, result],
  writing: [{ id: "length", label: t("How long should it be?"), placeholder: t("About 1,200 words") }, result],
  photography: [{ id: "pictures", label: t("How many pictures, for what?"), placeholder: t("Twenty, for the web") }, result],
};

/** The questions for a trade, none when we know of nothing worth asking. */
export function questionsFor(trade: string): readonly Question[] {
  return BY_TRADE[trade] ?? [];
}

/** The description as it is posted: what was written, then each answered question in a line of its own. */
export function withAnswers(description: string, trade: string, answers: Record<string, string> = {}): string {
  const lines = questionsFor(trade)
    .map(({ id, label }) => ({ label, answer: answers[id]?.trim() }))
    .filter(({ answer }) => answer)
    .map(({ label, answer }) => `${label} ${answer}`);
  return [description.trim(), lines.join("\n")].filter(Boolean).join("\n\n");
}
