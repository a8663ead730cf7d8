/** The map itself, without React: Leaflet, one layer of tiles, bubbles and pins. Loaded only where a map is shown. */
import Leaflet, { type LatLngBounds, type Layer, type Map, type Marker } from "leaflet";
import "leaflet/dist/leaflet.css";
import type { Area } from "@/lib/area";
import type { MapConfig } from "./config";
import classes from "./Map.module.css";
import { areaOf, type Bubble, bubbles, type MapPoint, onOneSpot } from "./points";
import { t } from "@jobsphere/domain/text";

export interface BoardEvents {
  /** The pointer or the focus is on these; empty when it left. */
  onActive: (ids: string[]) => void;
  /** Pressed: one pin, or several on one spot. */
  onPick: (ids: string[]) => void;
  /** Moved by the person, not by us. */
  onMoved: (area: Area) => void;
}

export interface Board {
  showPoints: (points: MapPoint[]) => void;
  highlight: (ids: string[]) => void;
  /** Somebody on the way: a point, and how inexact it is in metres. */
  showSomebody: (place: { latitude: number; longitude: number; metres: number } | null, name: string) => void;
  fit: (area: Area | undefined) => void;
  area: () => Area;
  paint: (dark: boolean) => void;
  remove: () => void;
}

const CLOSEST = 14;

export function createBoard(element: HTMLElement, config: MapConfig, label: string, events: BoardEvents): Board {
  const still = globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = Leaflet.map(element, {
    zoomAnimation: !still,
    fadeAnimation: false,
    markerZoomAnimation: !still,
    inertia: !still,
    maxZoom: 18,
    minZoom: 3,
    worldCopyJump: true,
  });
  map.attributionControl.setPrefix(false).addAttribution(config.attribution);
  map.setView([0, 0], 3);
  element.setAttribute("role", "region");
  element.setAttribute("aria-label", label);
  element.setAttribute("aria-roledescription", "map");
  const pins = new Pins(map, events);
  const moves = watchMoves(map, () => events.onMoved(areaOf(edges(map.getBounds()))));
  map.on("zoomend", () => pins.draw());
  const tiles = new Tiles(map, config);
  let somebody: Layer | undefined;
  // The box may open later (a toggle, a wider window); Leaflet must be told.
  const sizes = new ResizeObserver(() => map.invalidateSize({ animate: false }));
  sizes.observe(element);
  return {
    showPoints: (points) => pins.show(points),
    highlight: (ids) => pins.highlight(ids),
    showSomebody: (place, name) => {
      somebody?.remove();
      somebody = place ? somebodyAt(place, name).addTo(map) : undefined;
      if (place && !map.getBounds().pad(-0.15).contains([place.latitude, place.longitude])) {
        moves.quietly(() => map.setView([place.latitude, place.longitude], map.getZoom() > 8 ? map.getZoom() : 13));
      }
    },
    fit: (area) => moves.quietly(() => map.fitBounds(area ? circleBounds(area) : pins.bounds(), { padding: [40, 40], maxZoom: CLOSEST, animate: false })),
    area: () => areaOf(edges(map.getBounds())),
    paint: (dark) => void tiles.paint(dark),
    remove: () => {
      sizes.disconnect();
      map.remove();
    },
  };
}

class Tiles {
  private layer: Layer | undefined;
  private turn = 0;

  constructor(
    private readonly map: Map,
    private readonly config: MapConfig,
  ) {}

  async paint(dark: boolean): Promise<void> {
    if (this.config.kind === "raster") {
      this.layer ??= Leaflet.tileLayer(this.config.url, { maxZoom: 19 }).addTo(this.map);
      return;
    }
    const turn = ++this.turn;
    // It draws on the `L` of the window, as Leaflet's plug-ins do.
    (globalThis as { L?: typeof Leaflet }).L = Leaflet;
    const [{ labelRules, leafletLayer, paintRules }, { PMTiles }, { palette }] = await Promise.all([
      import("protomaps-leaflet"),
      import("pmtiles"),
      import("./palette"),
    ]);
    const file = new PMTiles(new URL(this.config.url, globalThis.location.origin).href);
    const deepest = await file.getHeader().then(({ maxZoom }) => maxZoom, () => 15);
    if (turn !== this.turn || !this.map.getContainer().isConnected) return;
    this.layer?.remove();
    const colours = palette(dark);
    const drawn = leafletLayer({
      url: file as never,
      paintRules: paintRules(colours),
      labelRules: labelRules(colours, "en"),
      maxDataZoom: deepest,
      attribution: "",
    });
    this.layer = drawn as unknown as Layer;
    this.layer.addTo(this.map);
  }
}

class Pins {
  private points: MapPoint[] = [];
  private readonly shown = new globalThis.Map<string, { marker: Marker; bubble: Bubble }>();
  private active: string[] = [];

  constructor(
    private readonly map: Map,
    private readonly events: BoardEvents,
  ) {}

  show(points: MapPoint[]): void {
    this.points = points;
    this.draw();
  }

  bounds(): LatLngBounds {
    if (this.points.length === 0) return circleBounds({ latitude: 45.53, longitude: -122.66, radius_km: 9 });
    return Leaflet.latLngBounds(this.points.map(({ latitude, longitude }) => [latitude, longitude]));
  }

  draw(): void {
    const wanted = bubbles(this.points, ({ latitude, longitude }) => this.map.project([latitude, longitude]));
    const keys = new Set(wanted.map(({ key }) => key));
    // Who pressed a bubble with the keyboard goes on from what it fell into.
    let held: string | undefined;
    for (const [key, { marker, bubble }] of this.shown) {
      if (!keys.has(key)) {
        if (marker.getElement() === document.activeElement) held = bubble.points[0]?.id;
        marker.remove();
        this.shown.delete(key);
      }
    }
    for (const bubble of wanted) if (!this.shown.has(bubble.key)) this.shown.set(bubble.key, { marker: this.add(bubble), bubble });
    if (held) [...this.shown.values()].find(({ bubble }) => bubble.points.some(({ id }) => id === held))?.marker.getElement()?.focus({ preventScroll: true });
    this.highlight(this.active);
  }

  highlight(ids: string[]): void {
    this.active = ids;
    for (const { marker, bubble } of this.shown.values()) {
      const on = bubble.points.some(({ id }) => ids.includes(id));
      marker.getElement()?.toggleAttribute("data-active", on);
      marker.setZIndexOffset(on ? 1000 : 0);
    }
  }

  private add(bubble: Bubble): Marker {
    const [first] = bubble.points;
    const alone = bubble.points.length === 1;
    const face = document.createElement("span");
    face.className = (alone ? classes.pin : classes.bubble) ?? "";
    face.textContent = alone ? (first?.label ?? "") : String(bubble.points.length);
    const icon = Leaflet.divIcon({ html: face, className: classes.spot ?? "", iconSize: [44, 44] });
    const marker = Leaflet.marker([bubble.latitude, bubble.longitude], { icon, riseOnHover: true }).addTo(this.map);
    const ids = bubble.points.map(({ id }) => id);
    const element = marker.getElement();
    element?.setAttribute("aria-label", alone && first ? spoken(first) : t("{count} here", { count: ids.length }));
    element?.addEventListener("focus", () => this.events.onActive(ids));
    element?.addEventListener("blur", () => this.events.onActive([]));
    marker.on("mouseover", () => this.events.onActive(ids));
    marker.on("mouseout", () => this.events.onActive([]));
    marker.on("click", () => this.press(bubble, ids));
    // Leaflet's markers can be focused, and pressed only with a pointer.
    element?.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      this.press(bubble, ids);
    });
    return marker;
  }

  private press(bubble: Bubble, ids: string[]): void {
    if (bubble.points.length === 1 || onOneSpot(bubble) || this.map.getZoom() >= CLOSEST + 2) {
      this.events.onPick(ids);
      return;
    }
    const within = Leaflet.latLngBounds(bubble.points.map(({ latitude, longitude }) => [latitude, longitude]));
    this.map.fitBounds(within, { padding: [60, 60], maxZoom: CLOSEST + 2 });
  }
}

/** Tell the person's own moves from ours. */
function watchMoves(map: Map, told: () => void): { quietly: (move: () => void) => void } {
  let ours = false;
  map.on("moveend", () => {
    if (!ours) told();
  });
  return {
    quietly: (move) => {
      ours = true;
      move();
      // Animated moves end later; whatever ends within this time was ours.
      setTimeout(() => {
        ours = false;
      }, 400);
    },
  };
}

function somebodyAt({ latitude, longitude, metres }: { latitude: number; longitude: number; metres: number }, name: string): Layer {
  const face = document.createElement("span");
  face.className = classes.somebody ?? "";
  const icon = Leaflet.divIcon({ html: face, className: classes.spot ?? "", iconSize: [44, 44] });
  const marker = Leaflet.marker([latitude, longitude], { icon, keyboard: false, alt: name, title: name });
  const circle = Leaflet.circle([latitude, longitude], { radius: metres, className: classes.reach ?? "", weight: 1 });
  return Leaflet.layerGroup(metres > 0 ? [circle, marker] : [marker]);
}

function circleBounds({ latitude, longitude, radius_km }: Area): LatLngBounds {
  return Leaflet.latLng(latitude, longitude).toBounds(radius_km * 2000);
}

function edges(bounds: LatLngBounds) {
  return { south: bounds.getSouth(), north: bounds.getNorth(), west: bounds.getWest(), east: bounds.getEast() };
}

/** What a pin is called: what it shows comes first, so that who speaks to the machine can say what they see. */
function spoken({ label, name }: MapPoint): string {
  return name.includes(label) ? name : `${label}, ${name}`;
}
