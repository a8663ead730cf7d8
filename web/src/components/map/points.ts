/** What lies on a map, and how neighbours become one bubble. */
import type { Area } from "@/lib/area";

export interface MapPoint {
  id: string;
  latitude: number;
  longitude: number;
  /** What the pin says when it stands alone: a price. */
  label: string;
  /** What a screen reader says. */
  name: string;
}

export interface Bubble {
  /** The ids within, joined: the same bubble keeps its element when the map moves. */
  key: string;
  latitude: number;
  longitude: number;
  points: MapPoint[];
}

interface Pixel {
  x: number;
  y: number;
}

/** Closer than this on the screen, two pins cannot both be read or pressed. */
const TOUCH = 52;

/** Group what would overlap on the screen; places are rounded to a kilometre, so many lie on the same spot. */
export function bubbles(points: MapPoint[], project: (point: MapPoint) => Pixel): Bubble[] {
  const groups: { at: Pixel; points: MapPoint[] }[] = [];
  for (const point of points) {
    const at = project(point);
    const near = groups.find((group) => Math.hypot(group.at.x - at.x, group.at.y - at.y) < TOUCH);
    if (near) near.points.push(point);
    else groups.push({ at, points: [point] });
  }
  return groups.map(({ points: within }) => ({
    key: within.map(({ id }) => id).join(" "),
    latitude: mean(within.map(({ latitude }) => latitude)),
    longitude: mean(within.map(({ longitude }) => longitude)),
    points: within,
  }));
}

/** True when no zoom will take them apart. */
export function onOneSpot({ points }: Bubble): boolean {
  return points.every(({ latitude, longitude }) => latitude === points[0]?.latitude && longitude === points[0]?.longitude);
}

/** The largest circle that the screen shows whole in neither direction less than half: what "this area" means. */
export function areaOf(bounds: { south: number; north: number; west: number; east: number }): Area {
  const latitude = (bounds.south + bounds.north) / 2;
  const high = ((bounds.north - bounds.south) / 2) * 111.2;
  const wide = ((bounds.east - bounds.west) / 2) * 111.2 * Math.cos((latitude * Math.PI) / 180);
  const round = (value: number, to: number) => Math.round(value * to) / to;
  return {
    latitude: round(latitude, 1000),
    longitude: round((bounds.west + bounds.east) / 2, 1000),
    radius_km: Math.min(200, Math.max(1, round(Math.max(high, wide), 10))),
  };
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
