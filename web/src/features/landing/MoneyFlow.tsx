import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import classes from "./MoneyFlow.module.css";
import { formatMoney } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";

const usd = (dollars: number): string => formatMoney({ amount: dollars * 100, currency: "USD" }, { short: true });

/** How long one round of the story takes; the keyframes in the style sheet follow it. */
export const SCENES = [
  { at: "Casey", says: t("$1,000 reserved on the card") },
  { at: t("Protection"), says: t("$900 held, the work begins") },
  { at: "Pat", says: t("$700 released, the moment Casey approves") },
] as const;

/** The story of the money as a picture: from the customer's card into protection, and out when the work is done. */
export function MoneyFlow() {
  const figure = useRef<HTMLElement>(null);
  const running = useInSight(figure);
  return (
    <figure className={classes.figure} ref={figure} data-running={running || undefined}>
      <svg viewBox="0 0 420 330" className={classes.picture} role="img" aria-label={SCENES.map(({ says }) => says).join(". ")}>
        <path className={classes.track} d="M70 84 C 70 190, 130 205, 210 205 S 350 220, 350 84" />
        <Door x={70} y={64} name="Casey" amount={usd(1_000)}>
          <rect x="-25" y="-17" width="50" height="34" rx="6" className={classes.card} />
          <rect x="-25" y="-8" width="50" height="7" className={classes.strip} />
          <rect x="-18" y="5" width="16" height="5" rx="2" className={classes.strip} />
        </Door>
        <Door x={350} y={64} name="Pat" amount={usd(700)}>
          <path d="M-20 14 L8 -14 M2 -20 l16 16 -6 6 -16 -16 z M-24 18 l8 -8 4 4 -8 8 z" className={classes.tool} />
        </Door>
        <Vault />
        {[0, 1, 2, 3, 4].map((coin) => (
          <g key={coin} className={classes.coin} style={{ animationDelay: `${coin * 0.16}s` }}>
            <circle r="13" />
            <text textAnchor="middle" y="5">
              $
            </text>
          </g>
        ))}
      </svg>
      <figcaption className={classes.scenes}>
        {SCENES.map((scene, index) => (
          <span key={scene.at} className={classes.scene} style={{ animationDelay: `${index * 3}s` }}>
            {scene.says}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

function Door({ x, y, name, amount, children }: { x: number; y: number; name: string; amount: string; children: ReactNode }) {
  // Beside the track, not on it.
  const away = x > 200 ? 28 : -28;
  return (
    <g transform={`translate(${x} ${y})`}>
      <circle r="46" className={classes.door} />
      {children}
      <text x={away} y="74" textAnchor="middle" className={classes.name}>
        {name}
      </text>
      <text x={away} y="97" textAnchor="middle" className={classes.amount}>
        {amount}
      </text>
    </g>
  );
}

function Vault() {
  return (
    <g transform="translate(210 205)">
      <rect x="-84" y="-74" width="168" height="148" rx="30" className={classes.vault} />
      <g className={classes.wheel}>
        <circle r="40" className={classes.ring} />
        {[0, 60, 120].map((turn) => (
          <rect key={turn} x="-3.5" y="-52" width="7" height="104" rx="3.5" className={classes.spoke} transform={`rotate(${turn})`} />
        ))}
        <circle r="22" className={classes.hub} />
      </g>
      <path d="M-9 0l6 7 12-14" className={classes.tick} />
      <text y="-88" textAnchor="middle" className={classes.amount}>
        {usd(900)}
      </text>
      <text y="102" textAnchor="middle" className={classes.name}>
        {t("Protected until it is done")}
      </text>
    </g>
  );
}

/** Nothing moves where nobody looks. */
export function useInSight(ref: RefObject<HTMLElement | null>): boolean {
  const [inSight, setInSight] = useState(false);
  useEffect(() => {
    if (!ref.current || !("IntersectionObserver" in globalThis)) return;
    const observer = new IntersectionObserver(([entry]) => setInSight(entry?.isIntersecting ?? false));
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [ref]);
  return inSight;
}
