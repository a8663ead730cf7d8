import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { Area } from "@/lib/area";
import { type Board, createBoard } from "./board";
import type { MapConfig } from "./config";
import classes from "./Map.module.css";
import type { MapPoint } from "./points";

interface MapViewProps {
  config: MapConfig;
  label: string;
  points?: MapPoint[];
  /** Shown whole when it changes; without one, every point. */
  area?: Area | undefined;
  /** Another value: look at everything again, as after a new search. */
  searched?: string;
  active?: string[];
  somebody?: { latitude: number; longitude: number; metres: number } | null;
  somebodyName?: string;
  onActive?: (ids: string[]) => void;
  onPick?: (ids: string[]) => void;
  onMoved?: (area: Area) => void;
}

const nothing: MapPoint[] = [];
const nobody: string[] = [];

/** React's side of the board: it says what to show, the board draws. Import it lazily (`LazyMap`). */
export function MapView({ config, label, points = nothing, area, searched = "", active = nobody, somebody = null, somebodyName = "", ...on }: MapViewProps) {
  const element = useRef<HTMLDivElement>(null);
  const board = useRef<Board | null>(null);
  const heard = useRef(on);
  const fitted = useRef<string | null>(null);
  const dark = useComputedColorScheme("light") === "dark";
  useEffect(() => {
    heard.current = on;
  });
  useEffect(() => {
    if (!element.current) return;
    board.current = createBoard(element.current, config, label, {
      onActive: (ids) => heard.current.onActive?.(ids),
      onPick: (ids) => heard.current.onPick?.(ids),
      onMoved: (moved) => heard.current.onMoved?.(moved),
    });
    return () => {
      board.current?.remove();
      board.current = null;
      fitted.current = null;
    };
  }, [config, label]);
  useEffect(() => board.current?.paint(dark), [dark, config, label]);
  useEffect(() => {
    board.current?.showPoints(points);
    const wanted = `${searched} ${JSON.stringify(area ?? null)}`;
    if (somebody || fitted.current === wanted || (points.length === 0 && !area)) return;
    fitted.current = wanted;
    board.current?.fit(area);
  }, [points, area, searched, somebody]);
  useEffect(() => board.current?.highlight(active), [active]);
  useEffect(() => board.current?.showSomebody(somebody, somebodyName), [somebody, somebodyName]);
  return <div ref={element} className={classes.map} />;
}
