import { Skeleton } from "@mantine/core";
import { type ComponentProps, lazy, Suspense, useMemo } from "react";
import { mapConfig } from "./config";
import { Fence } from "@/components/Fence";

const MapView = lazy(() => import("./MapView").then((module) => ({ default: module.MapView })));

type LazyMapProps = Omit<ComponentProps<typeof MapView>, "config">;

/** A map in a chunk of its own. Where it cannot be drawn there is nothing: the list or the sentence beside it says the same. */
export function LazyMap(props: LazyMapProps) {
  const config = useMemo(mapConfig, []);
  if (!config) return null;
  return (
    <Fence>
      <Suspense fallback={<Skeleton height="100%" radius="lg" />}>
        <MapView config={config} {...props} />
      </Suspense>
    </Fence>
  );
}
