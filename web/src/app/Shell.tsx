import { ActionIcon, Button, Group, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import {
  IconBell,
  IconBriefcase,
  IconHome,
  IconMessage,
  IconMoon,
  IconPlus,
  IconSearch,
  IconSun,
  IconUser,
  IconWallet,
} from "@tabler/icons-react";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { Logo } from "@/components/Logo";
import { useSignedIn } from "@/lib/account";
import { useSide } from "@/lib/side";
import { useUnread } from "@/lib/unread";
import classes from "./Shell.module.css";

interface Place {
  to: string;
  label: string;
  icon: typeof IconHome;
}

const HOME: Place = { to: "/home", label: "Home", icon: IconHome };
const FIND: Place = { to: "/jobs", label: "Find jobs", icon: IconSearch };
const PEOPLE: Place = { to: "/contractors", label: "People", icon: IconSearch };
const WORK: Place = { to: "/contracts", label: "Work", icon: IconBriefcase };
const WALLET: Place = { to: "/wallet", label: "Wallet", icon: IconWallet };
const POST: Place = { to: "/jobs/new", label: "Post", icon: IconPlus };
const ME: Place = { to: "/settings", label: "Me", icon: IconUser };

const PLACES = {
  customer: [HOME, PEOPLE, POST, WORK, ME],
  contractor: [HOME, FIND, WORK, WALLET, ME],
};

/** The frame around every screen: navigation at the thumb on a phone, at the top on a wide screen. */
export function Shell() {
  const signedIn = useSignedIn();
  const { side } = useSide();
  const places = signedIn ? PLACES[side] : [];
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#main">
        Skip to the content
      </a>
      <header className={classes.header}>
        <Link to="/" className={classes.brand} aria-label="JobSphere, start page">
          <Logo />
        </Link>
        <nav className={classes.wide} aria-label="Main">
          {places.map((place) => (
            <Link key={place.to} to={place.to} className={classes.wideLink}>
              {place.label}
            </Link>
          ))}
        </nav>
        <Group gap="xs" wrap="nowrap">
          <span className={signedIn ? undefined : classes.roomy}>
            <ColourSwitch />
          </span>
          {signedIn ? (
            <NewsLinks />
          ) : (
            <>
              <Button component={Link} to="/sign-in" variant="subtle" size="sm" px="sm">
                Sign in
              </Button>
              <Button component={Link} to="/sign-up" size="sm" px="md">
                Join
              </Button>
            </>
          )}
        </Group>
      </header>
      <main id="main" className={classes.main} tabIndex={-1}>
        <Outlet />
      </main>
      {signedIn ? <ThumbNavigation places={places} /> : null}
    </div>
  );
}

function NewsLinks() {
  const unread = useUnread();
  const count = unread > 99 ? "99+" : String(unread);
  return (
    <>
      <ActionIcon component={Link} to="/messages" variant="subtle" color="gray" size={44} aria-label="Messages">
        <IconMessage size={20} />
      </ActionIcon>
      <ActionIcon
        component={Link}
        to="/notifications"
        variant="subtle"
        color="gray"
        size={44}
        className={classes.bell}
        aria-label={unread > 0 ? `News, ${count} not read` : "News"}
      >
        <IconBell size={20} />
        {unread > 0 ? <span className={classes.badge} aria-hidden>{count}</span> : null}
      </ActionIcon>
    </>
  );
}

function ThumbNavigation({ places }: { places: Place[] }) {
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav className={classes.thumb} aria-label="Main, at the thumb">
      {places.map(({ to, label, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          className={classes.thumbLink}
          data-main={to === POST.to || undefined}
          aria-current={path.startsWith(to) ? "page" : undefined}
        >
          <span className={classes.thumbIcon}>
            <Icon size={22} aria-hidden />
          </span>
          {label}
        </Link>
      ))}
    </nav>
  );
}

function ColourSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light") === "dark";
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={44}
      aria-label={dark ? "Switch to light" : "Switch to dark"}
      onClick={() => setColorScheme(dark ? "light" : "dark")}
    >
      {dark ? <IconSun size={20} /> : <IconMoon size={20} />}
    </ActionIcon>
  );
}
