import { IconMessages } from "@tabler/icons-react";
import classes from "./Messages.module.css";
import { Panes } from "./Panes";
import { t } from "@jobsphere/domain/text";

/** All conversations; on a wide screen with room for one of them. */
export function MessagesPage() {
  return (
    <Panes open={undefined}>
      <section className={classes.empty} aria-label={t("No conversation chosen")}>
        <IconMessages size={48} stroke={1.2} aria-hidden />
        <p>{t("Choose a conversation. What was agreed in it stays, for both of you.")}</p>
      </section>
    </Panes>
  );
}
