import { useComputedColorScheme } from "@mantine/core";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { Fence } from "@/components/Fence";
import { MoneyFlow, SCENES, useInSight } from "../MoneyFlow";
import classes from "./Hero.module.css";
import { may3d } from "./may3d";

const Scene3d = lazy(() => import("./Scene3d").then((module) => ({ default: module.Scene3d })));

/** The still picture at once; the moving one over it when the page is at rest, and only where it is welcome. */
export function Hero() {
  return useWelcome() ? <Moving /> : <MoneyFlow />;
}

function Moving() {
  const [drawn, setDrawn] = useState(false);
  const [scene, setScene] = useState<0 | 1 | 2>(0);
  const figure = useRef<HTMLElement>(null);
  const inSight = useInSight(figure);
  const dark = useComputedColorScheme("light") === "dark";
  return (
    <Fence instead={<MoneyFlow />}>
      <div className={classes.stage} data-drawn={drawn || undefined}>
        <div className={classes.still} aria-hidden={drawn || undefined}>
          <MoneyFlow />
        </div>
        <figure ref={figure} className={classes.moving} data-hero={drawn ? "3d" : undefined}>
          <div className={classes.canvas} role="img" aria-label={SCENES.map(({ says }) => says).join(", then ")}>
            <Suspense fallback={null}>
              <Scene3d running={inSight} dark={dark} onDrawn={() => setDrawn(true)} onScene={setScene} />
            </Suspense>
          </div>
          <figcaption className={classes.says}>{drawn ? SCENES[scene].says : null}</figcaption>
        </figure>
      </div>
    </Fence>
  );
}

/** Asked after the first paint and when nothing else is to do, so that it costs the page nothing. */
function useWelcome(): boolean {
  const [welcome, setWelcome] = useState(false);
  useEffect(() => {
    const look = () => setWelcome(may3d());
    if ("requestIdleCallback" in globalThis) {
      const asked = requestIdleCallback(look, { timeout: 4_000 });
      return () => cancelIdleCallback(asked);
    }
    const asked = setTimeout(look, 1_200);
    return () => clearTimeout(asked);
  }, []);
  return welcome;
}
