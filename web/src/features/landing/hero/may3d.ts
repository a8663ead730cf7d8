interface Connection {
  saveData?: boolean;
  effectiveType?: string;
}

/** True where the moving picture is welcome: there is WebGL, nobody asked for stillness or thrift, the link is quick. */
export function may3d(): boolean {
  if (globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches) return false;
  if (globalThis.matchMedia("(prefers-reduced-data: reduce)").matches) return false;
  const { connection, deviceMemory } = navigator as Navigator & { connection?: Connection; deviceMemory?: number };
  if (connection?.saveData || /2g|3g/.test(connection?.effectiveType ?? "")) return false;
  if (deviceMemory !== undefined && deviceMemory < 2) return false;
  return hasWebGl();
}

function hasWebGl(): boolean {
  try {
    const context = document.createElement("canvas").getContext("webgl2");
    context?.getExtension("WEBGL_lose_context")?.loseContext();
    return context !== null;
  } catch {
    return false;
  }
}
