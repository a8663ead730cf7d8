import { createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
import { Page } from "@/components/Page";
import { Failed } from "@/components/States";
import { routes as auth } from "@/features/auth/routes";
import { routes as contractor } from "@/features/contractor/routes";
import { routes as customer } from "@/features/customer/routes";
import { routes as everyone } from "@/features/everyone/routes";
import { routes as landing } from "@/features/landing/routes";
import { routes as work } from "@/features/work/routes";
import type { Screen } from "@/lib/screen";
import { isSignedIn } from "@/lib/session";
import { Shell } from "./Shell";

const screens: Screen[] = [...landing, ...auth, ...customer, ...contractor, ...work, ...everyone];

const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => (
    <Page title="Not here">
      <p>There is nothing at this address. The link may be old, or the page may not be for you.</p>
    </Page>
  ),
  errorComponent: ({ error, reset }) => (
    <Page title="That did not work">
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
    ...(screen.signedIn ? { beforeLoad: requireSignIn } : {}),
  }),
);

export const router = createRouter({
  routeTree: root.addChildren(children),
  defaultPreload: "intent",
  scrollRestoration: true,
});
