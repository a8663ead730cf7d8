import { t } from "@jobsphere/domain/text";
import { useMediaQuery } from "@mantine/hooks";
import { type ReactNode, useEffect } from "react";
import { Conversations } from "./Conversations";
import classes from "./Messages.module.css";

/** On a wide screen the list and the conversation side by side; on a phone one of them. */
export function Panes({ open, children }: { open: string | undefined; children: ReactNode }) {
  useEffect(() => {
    document.title = `${t("Messages")} · JobSphere`;
  }, []);
  const isWide = useMediaQuery("(min-width: 48em)", false, { getInitialValueInEffect: false });
  return (
    <div className={classes.panes}>
      {isWide || !open ? <Conversations open={open} /> : null}
      {isWide || open ? children : null}
    </div>
  );
}
