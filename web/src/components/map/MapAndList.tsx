import { Button, SegmentedControl, Stack } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconList, IconMap2, IconRefresh } from "@tabler/icons-react";
import { type ReactNode, type SyntheticEvent, useEffect, useMemo, useRef, useState } from "react";
import type { Area } from "@/lib/area";
import { mapConfig } from "./config";
import { LazyMap } from "./LazyMap";
import classes from "./MapAndList.module.css";
import type { MapPoint } from "./points";
import { t } from "@jobsphere/domain/text";

interface MapAndListProps {
  points: MapPoint[];
  area: Area | undefined;
  /** What was searched for: another value looks at every result again. */
  searched: string;
  /** On a phone one of the two; a wide screen shows both. */
  view: "list" | "map";
  onView: (view: "list" | "map") => void;
  onArea: (area: Area) => void;
  /** The card of a pin that was pressed, for the phone's map. */
  card: (id: string) => ReactNode;
  /** The list; its items carry `data-map-id`. It says everything that the map shows. */
  children: ReactNode;
}

/** A list and a map that point at each other. Without a map it is the list alone. */
export function MapAndList({ points, area, searched, view, onView, onArea, card, children }: MapAndListProps) {
  const wide = useMediaQuery("(min-width: 62em)", false, { getInitialValueInEffect: false });
  const config = useMemo(mapConfig, []);
  const list = useRef<HTMLDivElement>(null);
  const whole = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string[]>([]);
  const [picked, setPicked] = useState<string[]>([]);
  const [moved, setMoved] = useState<Area | null>(null);
  useMarked(list, active);
  useEffect(() => {
    setMoved(null);
    setPicked([]);
  }, [searched, area]);
  if (!config) return <div className={classes.list}>{children}</div>;
  const pick = (ids: string[]): void => {
    setPicked(ids);
    setActive(ids);
    itemOf(list.current, ids[0])?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  };
  const look = ({ target }: SyntheticEvent): void => setActive(idsAt(target));
  return (
    <div className={classes.both} data-view={view} ref={whole}>
      <SegmentedControl
        className={classes.toggle}
        size="md"
        value={view}
        onChange={(value) => {
          onView(value === "map" ? "map" : "list");
          // The map fills the screen of a phone; the filters are above it.
          if (value === "map") requestAnimationFrame(() => whole.current?.scrollIntoView({ block: "start" }));
        }}
        aria-label={t("Show as")}
        data={[
          { value: "list", label: <Choice icon={<IconList size={18} aria-hidden />} text={t("List")} /> },
          { value: "map", label: <Choice icon={<IconMap2 size={18} aria-hidden />} text={t("Map")} /> },
        ]}
      />
      {/* Pointing at a card only marks its pin; everything can be done without. */}
      <div ref={list} className={classes.list} onMouseOver={look} onFocus={look} onMouseLeave={() => setActive([])} onBlur={() => setActive([])}>
        <Stack gap="lg">{children}</Stack>
      </div>
      <div className={classes.side}>
        {wide || view === "map" ? (
          <div className={classes.stage}>
            <LazyMap
              label={t("Map of what the list shows")}
              points={points}
              area={area}
              searched={searched}
              active={active.length > 0 ? active : picked}
              onActive={setActive}
              onPick={pick}
              onMoved={setMoved}
            />
            {moved ? (
              <Button className={classes.here} size="sm" leftSection={<IconRefresh size={18} aria-hidden />} onClick={() => onArea(moved)}>
                {t("Search this area")}
              </Button>
            ) : null}
            {picked.length > 0 && !wide ? (
              <ul className={classes.picked} aria-label={t("Pressed on the map")}>
                {picked.map((id) => (
                  <li key={id}>{card(id)}</li>
                ))}
              </ul>
            ) : null}
          </div>
        ) : null}
      </div>
    </div>
  );
}

function Choice({ icon, text }: { icon: ReactNode; text: string }) {
  return (
    <span style={{ display: "inline-flex", gap: "0.4rem", alignItems: "center", minHeight: 34 }}>
      {icon}
      {text}
    </span>
  );
}

function idsAt(target: EventTarget): string[] {
  const id = target instanceof Element ? target.closest("[data-map-id]")?.getAttribute("data-map-id") : null;
  return id ? [id] : [];
}

function itemOf(list: HTMLElement | null, id: string | undefined): Element | null {
  return id ? (list?.querySelector(`[data-map-id="${CSS.escape(id)}"]`) ?? null) : null;
}

/** Marks the cards without drawing the whole list again for every move of the pointer. */
function useMarked(list: { current: HTMLElement | null }, ids: string[]): void {
  useEffect(() => {
    const marked = ids.map((id) => itemOf(list.current, id)).filter((item) => item !== null);
    for (const item of marked) item.toggleAttribute("data-active", true);
    return () => {
      for (const item of marked) item.toggleAttribute("data-active", false);
    };
  }, [list, ids]);
}
