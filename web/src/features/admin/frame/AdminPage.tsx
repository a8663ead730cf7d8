import { Text, Title } from "@mantine/core";
import { Link, useRouterState } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { Page } from "@/components/Page";
import { Failed, Loading } from "@/components/States";
import classes from "./AdminPage.module.css";
import { type AdminRight, PLACES } from "./places";
import { useRights } from "./rights";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

interface AdminPageProps {
  title: string;
  lead?: ReactNode;
  aside?: ReactNode;
  /** The right that opens this screen; without it nothing of the screen is mounted, so nothing is asked for. */
  right: AdminRight;
  children: ReactNode;
}

/** The frame of the back office: its own navigation, and a closed door for everybody without the right. */
export function AdminPage({ title, lead, aside, right, children }: AdminPageProps) {
  const rights = useRights();
  useEffect(() => {
    document.title = t("{title} · Back office · JobSphere", { title });
  }, [title]);
  if (rights.failure) {
    return (
      <Page title={title}>
        <Failed {...rights.failure} />
      </Page>
    );
  }
  if (rights.isPending) {
    return (
      <Page title={title}>
        <Loading rows={3} />
      </Page>
    );
  }
  if (!rights.holds(right)) {
    const closed = (
      <Page title={t("Not for you")} narrow>
        <Text>
          <Said
            text="This is for staff{staff, select, yes { with the right “{right}”} other {}}. An administrator can grant it; everything that is yours is under <0>Home</0>."
            tags={[<Link to="/home" />]}
            values={{ staff: rights.staff ? "yes" : "other", right }}
          />
        </Text>
      </Page>
    );
    if (!rights.staff) return closed;
    return (
      <div className={classes.frame}>
        <Navigation holds={rights.holds} />
        {closed}
      </div>
    );
  }
  return (
    <div className={classes.frame}>
      <Navigation holds={rights.holds} />
      <div className={classes.body}>
        <div className={classes.head}>
          <div>
            <Title order={1} size="h2">
              {title}
            </Title>
            {lead ? <Text c="dimmed">{lead}</Text> : null}
          </div>
          {aside}
        </div>
        <div className={classes.parts}>{children}</div>
      </div>
    </div>
  );
}

function Navigation({ holds }: { holds: (right: string) => boolean }) {
  const path = useRouterState({ select: (state) => state.location.pathname.replace(/\/$/, "") });
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the places scroll sideways: show where we are.
    const here = nav.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (nav.current && here) nav.current.scrollLeft = here.offsetLeft - (nav.current.clientWidth - here.offsetWidth) / 2;
  }, [path]);
  return (
    <nav className={classes.nav} aria-label={t("Back office")} ref={nav}>
      {PLACES.filter((place) => holds(place.right)).map(({ to, label, icon: Icon }) => {
        return (
          <Link key={to} to={to} activeOptions={{ exact: to === "/admin" }} className={classes.place}>
            <Icon size={19} aria-hidden />
            {label}
          </Link>
        );
      })}
    </nav>
  );
}
