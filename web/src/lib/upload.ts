import { filesUsageRetrieve, type File as StoredFile } from "@jobsphere/api-client";
import { ask } from "@/lib/api";
import { Problem } from "@/lib/problems";
import { accessToken, renew } from "@/lib/session";
type Told = (percent: number) => void;

/** How much I may store, and what I have stored. */
export function filesUsage() {
  return ask(filesUsageRetrieve());
}

/** Send a file and tell how far it is; `fetch` cannot say that. The access token is renewed once, as everywhere. */
export async function uploadWithProgress(file: File, purpose: string, told: Told, stop?: AbortSignal): Promise<StoredFile> {
  if (!accessToken()) await renew();
  try {
    return await send(file, purpose, told, stop);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401 || !(await renew())) throw error;
    return send(file, purpose, told, stop);
  }
}

function send(file: File, purpose: string, told: Told, stop?: AbortSignal): Promise<StoredFile> {
  const body = new FormData();
  body.append("file", file);
  body.append("purpose", purpose);
  const request = new XMLHttpRequest();
  const offline = (): Problem => new Problem({ code: "offline" }, 0);
  return new Promise((resolve, reject) => {
    request.open("POST", "/api/upload");
    request.setRequestHeader("X-Client", "web");
    request.setRequestHeader("Authorization", `Bearer ${accessToken()}`);
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => told(total > 0 ? Math.round((100 * loaded) / total) : 0));
    request.addEventListener("error", () => reject(offline()));
    request.addEventListener("abort", () => reject(offline()));
    request.addEventListener("load", () => {
      if (request.status < 300) resolve(request.response as StoredFile);
      else reject(new Problem((request.response as object | null) ?? {}, request.status));
    });
    stop?.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}
