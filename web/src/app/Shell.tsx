import { ActionIcon, Button, Group, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import {
  IconBell,
  IconBriefcase,
  IconBuildingBank,
  IconHome,
  IconMessage,
  IconMoon,
  IconPlus,
  IconSearch,
  IconSun,
  IconUser,
  IconCalendarWeek,
  IconWallet,
} from "@tabler/icons-react";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { LanguageSwitch } from "@/components/LanguageSwitch";
import { Logo } from "@/components/Logo";
import { useAccount, useSignedIn } from "@/lib/account";
import { followAccount } from "@/lib/language";
import { LiveQueries } from "@/lib/live/LiveQueries";
import { useSide } from "@/lib/side";
import { useUnread } from "@/lib/unread";
import { useUnreadMessages } from "@/lib/unreadMessages";
import { LiveNews } from "./LiveNews";
import { Reconnecting } from "./Reconnecting";
import classes from "./Shell.module.css";
import { t } from "@jobsphere/domain/text";

/** Fetched after the screen; it asks whether this is a sandbox at all, and draws nothing where it is not. */
const RehearsalBar = lazy(async () => ({ default: (await import("@/features/admin/rehearsal/RehearsalBar")).RehearsalBar }));

interface Place {
  to: string;
  label: string;
  icon: typeof IconHome;
}

const HOME: Place = { to: "/home", label: t("Home"), icon: IconHome };
const FIND: Place = { to: "/jobs", label: t("Find jobs"), icon: IconSearch };
const PEOPLE: Place = { to: "/contractors", label: t("People"), icon: IconSearch };
const WORK: Place = { to: "/contracts", label: t("Work"), icon: IconBriefcase };
const WALLET: Place = { to: "/wallet", label: t("Wallet"), icon: IconWallet };
const CALENDAR: Place = { to: "/calendar", label: t("Calendar"), icon: IconCalendarWeek };
const POST: Place = { to: "/jobs/new", label: t("Post"), icon: IconPlus };
const ME: Place = { to: "/settings", label: t("Me"), icon: IconUser };

const PLACES = {
  customer: [HOME, PEOPLE, POST, WORK, ME],
  contractor: [HOME, FIND, CALENDAR, WORK, WALLET, ME],
};

/** The frame around every screen: navigation at the thumb on a phone, at the top on a wide screen. */
export function Shell() {
  const signedIn = useSignedIn();
  const { side } = useSide();
  useOwnLanguage();
  const places = signedIn ? PLACES[side] : [];
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#main">
        {t("Skip to the content")}
      </a>
      <header className={classes.header} data-visitor={signedIn ? undefined : true}>
        <Link to="/" className={classes.brand} aria-label={t("JobSphere, start page")}>
          <Logo />
        </Link>
        <nav className={classes.wide} aria-label={t("Main")}>
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
            <>
              <StaffLink />
              <NewsLinks />
            </>
          ) : (
            <>
              <Button component={Link} to="/sign-in" variant="subtle" size="sm" px="xs">
                {t("Sign in")}
              </Button>
              <Button component={Link} to="/sign-up" size="sm" px="sm">
                {t("Join")}
              </Button>
            </>
          )}
        </Group>
      </header>
      <LiveQueries />
      {signedIn ? <LiveNews /> : null}
      {signedIn ? <Reconnecting /> : null}
      <main id="main" className={classes.main} tabIndex={-1}>
        <Outlet />
      </main>
      <Suspense>
        <RehearsalBar />
      </Suspense>
      {signedIn ? <ThumbNavigation places={places} /> : <VisitorsFooter />}
    </div>
  );
}

function VisitorsFooter() {
  return (
    <footer className={classes.footer}>
      <LanguageSwitch />
    </footer>
  );
}

/** Whoever signs in is shown the language that they have chosen, here or elsewhere. */
function useOwnLanguage(): void {
  const id = useAccount().data?.id;
  useEffect(() => {
    // Without an answer the page stays as it is; the next one asks again.
    if (id) followAccount(id).catch(() => undefined);
  }, [id]);
}

function StaffLink() {
  const { data } = useAccount();
  if (!data?.roles.includes("admin") && !data?.rights.length) return null;
  return (
    <ActionIcon component={Link} to="/admin" variant="subtle" color="gray" size={44} aria-label={t("Back office")}>
      <IconBuildingBank size={20} />
    </ActionIcon>
  );
}

function NewsLinks() {
  const unread = useUnread();
  const count = unread > 99 ? "99+" : String(unread);
  const waiting = useUnreadMessages();
  const messages = waiting > 99 ? "99+" : String(waiting);
  return (
    <>
      <ActionIcon
        component={Link}
        to="/messages"
        variant="subtle"
        color="gray"
        size={44}
        className={classes.bell}
        aria-label={waiting > 0 ? t("Messages, {messages} not read", { messages }) : t("Messages")}
      >
        <IconMessage size={20} />
        {waiting > 0 ? <span className={classes.badge} aria-hidden>{messages}</span> : null}
      </ActionIcon>
      <ActionIcon
        component={Link}
        to="/notifications"
        variant="subtle"
        color="gray"
        size={44}
        className={classes.bell}
        aria-label={unread > 0 ? t("News, {count} not read", { count }) : t("News")}
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
    <nav className={classes.thumb} aria-label={t("Main, at the thumb")}>
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
      aria-label={dark ? t("Switch to light") : t("Switch to dark")}
      onClick={() => setColorScheme(dark ? "light" : "dark")}
    >
      {dark ? <IconSun size={20} /> : <IconMoon size={20} />}
    </ActionIcon>
  );
}
