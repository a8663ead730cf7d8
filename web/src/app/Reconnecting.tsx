import { useRouterState } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useLiveStatus } from "@/lib/live/live";
import classes from "./Reconnecting.module.css";
import { t } from "@jobsphere/domain/text";

/** A blink is nobody's business; what lasts is worth a word, because what is on the screen may be old. */
const PATIENCE = 4_000;

/** Says quietly that news comes later than usual; a conversation says so itself, where this would lie over the name. */
export function Reconnecting() {
  const status = useLiveStatus();
  const inChat = useRouterState({ select: ({ location }) => location.pathname.startsWith("/messages") });
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (status !== "connecting") return;
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [status]);
  return (
    <div role="status" className={classes.place}>
      {late && !inChat ? (
        <span className={classes.sign}>
          <span className={classes.dot} aria-hidden />
          {t("Reconnecting…")}
        </span>
      ) : null}
    </div>
  );
}
