/*
 * The service worker: shows push messages, opens what they are about, and says so when there is no network.
 * It keeps one page and its picture, nothing of the app: what is shown is always what the server says today.
 */

const KEPT = "jobsphere-offline-2";
const OFFLINE = "/offline.html";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll([OFFLINE, "/favicon.svg"])));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  const forget = async () => {
    for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(forget());
});

self.addEventListener("fetch", (event) => {
  // Pages only, and only when the network fails; everything else is none of our business.
  if (event.request.mode !== "navigate") return;
  event.respondWith(fetch(event.request).catch(() => caches.match(OFFLINE)));
});

self.addEventListener("push", (event) => {
  event.waitUntil(show(read(event.data)));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.link ?? "/notifications"));
});

function read(data) {
  try {
    return data?.json() ?? {};
  } catch {
    return {};
  }
}

async function show({ title, body, link, tag, unread }) {
  if (typeof unread === "number" && "setAppBadge" in self.navigator) await self.navigator.setAppBadge(unread).catch(() => {});
  // Something must be shown for every push, or the browser takes the permission away.
  await self.registration.showNotification(title || "JobSphere", {
    body: body || "",
    tag: tag || "jobsphere",
    renotify: Boolean(tag),
    icon: "/icon-192.png",
    badge: "/badge-96.png",
    data: { link: typeof link === "string" && link.startsWith("/") ? link : "/notifications" },
  });
}

async function open(link) {
  const address = new URL(link, self.location.origin);
  if (address.origin !== self.location.origin) return;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const mine = windows.find((each) => each.visibilityState === "visible") ?? windows[0];
  if (!mine) {
    await self.clients.openWindow(address.href);
    return;
  }
  await mine.focus();
  // The page goes there itself, so that nothing that is being typed is lost to a reload.
  mine.postMessage({ type: "open", link: address.pathname + address.search });
}
