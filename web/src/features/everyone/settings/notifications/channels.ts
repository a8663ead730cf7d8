/** The channels of a type, and what is said of a group of types at a glance. */

import type { Preference } from "@jobsphere/api-client";
import { t } from "@jobsphere/domain/text";
import { IconBell, IconDeviceMobile, IconMail } from "@tabler/icons-react";

export type Channel = "in_app" | "email" | "push";

export const CHANNELS: { channel: Channel; label: string; icon: typeof IconBell }[] = [
  { channel: "in_app", label: t("In the app"), icon: IconBell },
  { channel: "email", label: t("E-mail"), icon: IconMail },
  { channel: "push", label: t("Push"), icon: IconDeviceMobile },
];

export interface GroupOfTypes {
  name: string;
  label: string;
  items: Preference[];
}

export function groupsOf(preferences: Preference[]): GroupOfTypes[] {
  const groups = new Map<string, GroupOfTypes>();
  for (const item of preferences) {
    const group = groups.get(item.group) ?? { name: item.group, label: item.group_label, items: [] };
    group.items.push(item);
    groups.set(item.group, group);
  }
  return [...groups.values()];
}

/** "5 of 7 by e-mail, 6 by push" */
export function summaryOf(items: Preference[]): string {
  const email = items.filter((item) => item.email).length;
  const push = items.filter((item) => item.push).length;
  return t("{email} of {count} by e-mail, {push} by push", { email, count: items.length, push });
}
