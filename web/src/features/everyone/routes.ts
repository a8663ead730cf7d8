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
  { path: "/notifications", signedIn: true, component: lazyRouteComponent(() => import("./news/NewsPage"), "NewsPage") },
  {
    path: "/messages",
    signedIn: true,
    component: lazyRouteComponent(() => import("./messages/ConversationsPage"), "ConversationsPage"),
  },
  {
    path: "/messages/$chatId",
    signedIn: true,
    component: lazyRouteComponent(() => import("./messages/ChatPage"), "ChatPage"),
  },
  { path: "/settings", signedIn: true, component: lazyRouteComponent(() => import("./settings/SettingsPage"), "SettingsPage") },
  { path: "/help", component: lazyRouteComponent(() => import("./help/HelpPage"), "HelpPage") },
];
