import { lazyRouteComponent } from "@tanstack/react-router";
import type { Screen } from "@/lib/screen";
import { readFilters } from "./people/filters";

export const routes: Screen[] = [
  { path: "/home", signedIn: true, component: lazyRouteComponent(() => import("./home/HomePage"), "HomePage") },
  {
    path: "/contractors",
    search: readFilters,
    component: lazyRouteComponent(() => import("./people/PeoplePage"), "PeoplePage"),
  },
  {
    path: "/contractors/$contractorId",
    component: lazyRouteComponent(() => import("./people/PersonPage"), "PersonPage"),
  },
  {
    path: "/notifications",
    signedIn: true,
    search: ({ theme, unread }) => ({ theme, unread }),
    component: lazyRouteComponent(() => import("./news/NewsPage"), "NewsPage"),
  },
  {
    path: "/messages",
    signedIn: true,
    component: lazyRouteComponent(() => import("./messages/MessagesPage"), "MessagesPage"),
  },
  {
    path: "/messages/$chatId",
    signedIn: true,
    component: lazyRouteComponent(() => import("./messages/ChatPage"), "ChatPage"),
  },
  { path: "/settings", signedIn: true, component: lazyRouteComponent(() => import("./settings/SettingsPage"), "SettingsPage") },
  // Where letters say that one chooses what one hears.
  {
    path: "/settings/notifications",
    signedIn: true,
    component: lazyRouteComponent(() => import("./settings/notifications/NotificationsPage"), "NotificationsPage"),
  },
  { path: "/unsubscribe", component: lazyRouteComponent(() => import("./unsubscribe/UnsubscribePage"), "UnsubscribePage") },
  {
    path: "/settings/account",
    signedIn: true,
    component: lazyRouteComponent(() => import("./account/AccountPage"), "AccountPage"),
  },
  {
    path: "/settings/security",
    signedIn: true,
    component: lazyRouteComponent(() => import("./security/SecurityPage"), "SecurityPage"),
  },
  {
    path: "/settings/files",
    signedIn: true,
    component: lazyRouteComponent(() => import("./account/FilesPage"), "FilesPage"),
  },
  { path: "/settings/plan", signedIn: true, component: lazyRouteComponent(() => import("./plan/PlanPage"), "PlanPage") },
  { path: "/safety", signedIn: true, component: lazyRouteComponent(() => import("./safety/SafetyPage"), "SafetyPage") },
  { path: "/safety/reports", signedIn: true, component: lazyRouteComponent(() => import("./safety/ReportsPage"), "ReportsPage") },
  {
    path: "/safety/statements/$statementId",
    signedIn: true,
    component: lazyRouteComponent(() => import("./safety/StatementPage"), "StatementPage"),
  },
  // The link of a letter, for whoever cannot sign in.
  { path: "/appeal", component: lazyRouteComponent(() => import("./safety/StatementPage"), "LetterStatementPage") },
  { path: "/help", component: lazyRouteComponent(() => import("./help/HelpPage"), "HelpPage") },
];
