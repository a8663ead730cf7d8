import { uploadCreate } from "@jobsphere/api-client";
import { client } from "@jobsphere/api-client/client";
import { ask } from "@/lib/api";

/** Send a file so that a message or a delivery can carry it. */
export function uploadAttachment(file: File) {
  return ask(uploadCreate({ body: { file, purpose: "attachment" } }));
}

/** Save a file that only the two may read: a plain link would not carry the session. */
export async function openFile(address: string, name: string): Promise<void> {
  const url = new URL(address, globalThis.location.origin).pathname;
  const blob = (await ask(client.get({ url, parseAs: "blob" }))) as Blob;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
