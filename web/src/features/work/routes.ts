import { lazyRouteComponent } from "@tanstack/react-router";
import type { Screen } from "@/lib/screen";
import { contractSearch, jobSearch } from "./search";

export const routes: Screen[] = [
  { path: "/jobs", search: jobSearch, component: lazyRouteComponent(() => import("./JobsPage"), "JobsPage") },
  { path: "/jobs/$id", component: lazyRouteComponent(() => import("./JobPage"), "JobPage") },
  {
    path: "/contracts",
    signedIn: true,
    search: contractSearch,
    component: lazyRouteComponent(() => import("./ContractsPage"), "ContractsPage"),
  },
  { path: "/contracts/$id", signedIn: true, component: lazyRouteComponent(() => import("./ContractPage"), "ContractPage") },
];
