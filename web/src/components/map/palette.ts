import { type Flavor, namedFlavor } from "@protomaps/basemaps";

/** The ground stays quiet in our colours, so that pins and money speak. Everything not named here is the basemap's own. */
export function palette(dark: boolean): Flavor {
  const ours = dark
    ? { background: "#161c27", earth: "#1a212d", water: "#16324a", park_a: "#183229", park_b: "#1b3a30", wood_a: "#162c25", wood_b: "#1a352c", major: "#39455a", highway: "#4f5f7c", minor_a: "#2a3446", minor_b: "#2a3446", roads_label_major: "#8b97ad", roads_label_major_halo: "#1a212d", city_label: "#eef1f6", city_label_halo: "#161c27" }
    : { background: "#f1eee6", earth: "#f3f0e9", water: "#b9d8e6", park_a: "#d3e8d6", park_b: "#c4e0c9", wood_a: "#cfe3cf", wood_b: "#bfd9c1", highway: "#fbe3b0", roads_label_major: "#6d7081", city_label: "#212c42" };
  return { ...namedFlavor(dark ? "dark" : "light"), ...ours };
}
