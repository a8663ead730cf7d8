import { t } from "@jobsphere/domain/text";

/** Which map this marketplace has; the server says it in the page's head, because the operator chooses it (ADR 0027). */
export interface MapConfig {
  kind: "vector" | "raster";
  url: string;
  attribution: string;
}

/** The map, or undefined when the operator has none: lists then stand alone. */
export function mapConfig(): MapConfig | undefined {
  const told = document.querySelector('meta[name="jobsphere-map"]')?.getAttribute("content");
  // `vite dev` serves its own page, and the server's map through its proxy.
  if (!told) return import.meta.env.DEV ? { kind: "vector", url: "/map/city.pmtiles", attribution: t("Demo city map") } : undefined;
  try {
    const { kind, url, attribution } = JSON.parse(told) as Record<string, unknown>;
    if ((kind !== "vector" && kind !== "raster") || typeof url !== "string") return undefined;
    return { kind, url, attribution: typeof attribution === "string" ? attribution : "" };
  } catch {
    return undefined;
  }
}
