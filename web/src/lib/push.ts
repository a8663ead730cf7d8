/** Push messages on this device: what is possible here, turning them on and off, and coming back after a sign-in. */

import { notificationsDevicesCreate, notificationsDevicesDestroy, notificationsDevicesRetrieve, type Devices } from "@jobsphere/api-client";
import { ask } from "@/lib/api";
import { t } from "@jobsphere/domain/text";

/** `elsewhere`: the server has no key for Web Push; `blocked`: the person, or the browser for them, has said no. */
export type PushState = "unsupported" | "install-first" | "elsewhere" | "blocked" | "off" | "on";

/** Whose device this is; so that push comes back with the same person alone. */
const KEY = "jobsphere.push";

export function isSupported(): boolean {
  return "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
}

/** On an iPhone, pages get push messages only once they are on the home screen. */
export function needsInstalling(agent: string, standalone: boolean): boolean {
  return /iPhone|iPad|iPod/.test(agent) && !standalone;
}

export function stateOf(facts: {
  supported: boolean;
  installFirst: boolean;
  key: string;
  permission: NotificationPermission;
  here: boolean;
}): PushState {
  if (!facts.supported) return facts.installFirst ? "install-first" : "unsupported";
  if (!facts.key) return "elsewhere";
  if (facts.permission === "denied") return "blocked";
  return facts.here && facts.permission === "granted" ? "on" : "off";
}

export async function currentState(devices: Devices): Promise<PushState> {
  const supported = isSupported();
  const standalone = globalThis.matchMedia("(display-mode: standalone)").matches;
  return stateOf({
    supported,
    installFirst: needsInstalling(navigator.userAgent, standalone),
    key: devices.web_push_key,
    permission: supported ? Notification.permission : "default",
    here: supported && localStorage.getItem(KEY) !== null && (await subscription()) !== null && devices.devices.some((each) => each.here),
  });
}

/** Ask the person, subscribe, and tell the server. Returns false when the person, or the browser, says no. */
export async function turnOn(accountId: string, key: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== "granted") return false;
  const registration = await navigator.serviceWorker.ready;
  const kept = await registration.pushManager.getSubscription();
  // A subscription that was made with another key of the server's is of no use.
  if (kept && !hasKey(kept, key)) await kept.unsubscribe();
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  await tell(made);
  localStorage.setItem(KEY, accountId);
  return true;
}

export async function turnOff(devices: Devices): Promise<void> {
  localStorage.removeItem(KEY);
  await (await subscription())?.unsubscribe();
  await Promise.all(devices.devices.filter((each) => each.here).map((each) => removeDevice(each.id)));
}

export async function removeDevice(id: string): Promise<void> {
  await ask(notificationsDevicesDestroy({ path: { device_id: id } }));
}

/** Signing out has told the server to be silent here; who comes back, and wanted it before, has it again. */
export async function rejoin(accountId: string): Promise<void> {
  if (!isSupported() || Notification.permission !== "granted" || localStorage.getItem(KEY) !== accountId) return;
  const devices = await ask(notificationsDevicesRetrieve());
  if (!devices.devices.some((each) => each.here) && devices.web_push_key) await turnOn(accountId, devices.web_push_key);
}

async function tell(made: PushSubscription): Promise<void> {
  const { endpoint, keys } = made.toJSON();
  const subscribed = { endpoint: endpoint ?? "", keys: { p256dh: keys?.p256dh ?? "", auth: keys?.auth ?? "" } };
  await ask(notificationsDevicesCreate({ body: { kind: "web_push", subscription: subscribed, name: deviceName(navigator.userAgent) } }));
}

/** "Firefox on Linux": enough to know one's devices apart. */
export function deviceName(agent: string): string {
  const browser = /Edg\//.test(agent) ? "Edge" : /Firefox\//.test(agent) ? "Firefox" : /Chrome\//.test(agent) ? "Chrome" : /Safari\//.test(agent) ? "Safari" : t("Browser");
  const system = /Android/.test(agent) ? "Android" : /iPhone|iPad/.test(agent) ? "iOS" : /Mac OS/.test(agent) ? "macOS" : /Windows/.test(agent) ? "Windows" : /Linux/.test(agent) ? "Linux" : "";
  return system ? t("{browser} on {system}", { browser, system }) : browser;
}

async function subscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

function hasKey(kept: PushSubscription, key: string): boolean {
  const raw = kept.options.applicationServerKey;
  if (!raw) return false;
  const text = btoa(String.fromCharCode(...new Uint8Array(raw)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "") === key;
}
