import type { Screen } from "@/lib/screen";

export const routes: Screen[] = [];
