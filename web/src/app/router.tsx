import { createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
import { Page } from "@/components/Page";
import { Failed } from "@/components/States";
import { routes as admin } from "@/features/admin/routes";
import { routes as auth } from "@/features/auth/routes";
import { routes as bookings } from "@/features/bookings/routes";
import { routes as contractor } from "@/features/contractor/routes";
import { routes as customer } from "@/features/customer/routes";
import { routes as everyone } from "@/features/everyone/routes";
import { routes as invoices } from "@/features/invoices/routes";
import { routes as landing } from "@/features/landing/routes";
import { routes as work } from "@/features/work/routes";
import { learnWordsOf } from "@/lib/language";
import { isSignedIn } from "@/lib/session";
import { Shell } from "./Shell";
import { t } from "@jobsphere/domain/text";

const features = { landing, auth, customer, bookings, contractor, work, everyone, invoices, admin };
const screens = Object.entries(features).flatMap(([area, routes]) => routes.map((screen) => ({ ...screen, area })));

const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => (
    <Page title={t("Not here")}>
      <p>{t("There is nothing at this address. The link may be old, or the page may not be for you.")}</p>
    </Page>
  ),
  errorComponent: ({ error, reset }) => (
    <Page title={t("That did not work")}>
      <Failed error={error} retry={reset} />
    </Page>
  ),
});

function requireSignIn({ location }: { location: { href: string } }): void {
  if (!isSignedIn()) throw redirect({ to: "/sign-in", search: { next: location.href } as never });
}

const children = screens.map((screen) =>
  createRoute({
    getParentRoute: () => root,
    path: screen.path,
    component: screen.component,
    ...(screen.search ? { validateSearch: screen.search } : {}),
    beforeLoad: (context: { location: { href: string } }) => {
      if (screen.signedIn) requireSignIn(context);
      // Words first: a screen reads some of its texts while its file is loaded.
      return learnWordsOf(screen.area);
    },
  }),
);

export const router = createRouter({
  routeTree: root.addChildren(children),
  defaultPreload: "intent",
  scrollRestoration: true,
});
