import { ActionIcon, Button, Group, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import {
  IconBell,
  IconBriefcase,
  IconHome,
  IconMoon,
  IconSearch,
  IconSun,
  IconUser,
  IconWallet,
} from "@tabler/icons-react";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { Logo } from "@/components/Logo";
import { useRole, useSignedIn } from "@/lib/account";
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
const NEWS: Place = { to: "/notifications", label: "News", icon: IconBell };
const ME: Place = { to: "/settings", label: "Me", icon: IconUser };

/** The frame around every screen: navigation at the thumb on a phone, at the top on a wide screen. */
export function Shell() {
  const signedIn = useSignedIn();
  const role = useRole();
  const places = signedIn ? [HOME, role.contractor ? FIND : PEOPLE, WORK, role.contractor ? WALLET : NEWS, ME] : [];
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
          <ColourSwitch />
          {signedIn ? null : (
            <>
              <Button component={Link} to="/sign-in" variant="default" size="sm">
                Sign in
              </Button>
              <Button component={Link} to="/sign-up" size="sm" className={classes.join}>
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

function ThumbNavigation({ places }: { places: Place[] }) {
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav className={classes.thumb} aria-label="Main, at the thumb">
      {places.map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} className={classes.thumbLink} aria-current={path.startsWith(to) ? "page" : undefined}>
          <Icon size={22} aria-hidden />
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
