import {
  type AdminPerson,
  adminUsersDeactivateCreate,
  adminUsersReactivateCreate,
  adminUsersRetrieve,
  adminUsersRightsGrantCreate,
  adminUsersRightsRevokeCreate,
} from "@jobsphere/api-client";
import { Button, Group, Switch, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { useAccount, useRole } from "@/lib/account";
import { ask } from "@/lib/api";
import { formatMoment } from "@/lib/time";
import { Facts } from "../frame/Listing";
import { ReasonDialog } from "../frame/ReasonDialog";
import classes from "./People.module.css";
import { RIGHTS } from "./rights";
import { t } from "@jobsphere/domain/text";

/** One account: facts, rights, and the switch that closes it. */
export function PersonDetail({ id }: { id: string }) {
  const [asking, setAsking] = useState(false);
  const me = useAccount();
  const { admin } = useRole();
  const path = { user_id: id };
  const found = useQuery({ queryKey: ["admin", "person", id], queryFn: () => ask(adminUsersRetrieve({ path })) });
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={3} height={100} />;
  const person = found.data;
  return (
    <>
      <div>
        <Text fz="1.5rem" fw={700} ff="var(--js-heading)">
          {person.name}
        </Text>
        <Text style={{ overflowWrap: "anywhere" }}>{person.email}</Text>
      </div>
      <Facts of={facts(person)} />
      {admin ? <Rights person={person} /> : null}
      {me.data?.id === id ? (
        <Text c="dimmed">{t("This is your own account: somebody else decides about it.")}</Text>
      ) : (
        <Group>
          <Button variant="default" {...(person.active ? { c: "var(--mantine-color-error)" } : {})} onClick={() => setAsking(true)}>
            {person.active ? t("Close this account") : t("Open this account again")}
          </Button>
        </Group>
      )}
      {asking ? (
        <ReasonDialog
          title={person.active ? t("Close the account of {person}", { person: person.name }) : t("Open the account of {person}", { person: person.name })}
          confirm={person.active ? t("Close it") : t("Open it")}
          danger={person.active}
          onClose={() => setAsking(false)}
          run={(reason) =>
            ask(person.active ? adminUsersDeactivateCreate({ path, body: { reason } }) : adminUsersReactivateCreate({ path, body: { reason } }))
          }
        >
          <Text>
            {person.active
              ? t("Every device is signed out at once. Contracts and money under way stay as they are.")
              : t("The person can sign in again at once.")}
          </Text>
        </ReasonDialog>
      ) : null}
    </>
  );
}

function facts(person: AdminPerson): [string, string][] {
  return [
    [t("Address"), person.email_verified ? "confirmed" : t("not confirmed")],
    [t("Phone"), person.phone],
    [t("Roles"), person.roles.join(", ")],
    [t("Joined"), formatMoment(person.created_at)],
    [t("Last here"), person.last_seen_at ? formatMoment(person.last_seen_at) : "never"],
    [t("Closed"), person.deactivated_at ? formatMoment(person.deactivated_at) : ""],
  ];
}

function Rights({ person }: { person: AdminPerson }) {
  const [change, setChange] = useState<{ right: string; title: string; on: boolean }>();
  const verb = useVerb(
    ({ right, on }: { right: string; on: boolean }) => {
      const call = { path: { user_id: person.id }, body: { right } };
      return ask(on ? adminUsersRightsGrantCreate(call) : adminUsersRightsRevokeCreate(call));
    },
    () => setChange(undefined),
  );
  const all = person.roles.includes("admin");
  return (
    <Section title={t("Rights of staff")}>
      {all ? <Text c="dimmed">{t("Administrators hold all of them.")}</Text> : null}
      <ul className={classes.rights}>
        {RIGHTS.map(({ right, title, text }) => (
          <li key={right}>
            <Switch
              size="md"
              label={title}
              description={text}
              checked={all || person.rights.includes(right)}
              disabled={all || !person.active}
              onChange={(event) => setChange({ right, title, on: event.currentTarget.checked })}
            />
          </li>
        ))}
      </ul>
      {change ? (
        <Dialog
          title={change.on ? t("Grant “{title}”?", { title: change.title }) : t("Take “{title}” away?", { title: change.title })}
          confirm={change.on ? t("Grant it") : t("Take it away")}
          danger={!change.on}
          busy={verb.isPending}
          error={verb.error}
          onConfirm={() => verb.mutate(change)}
          onClose={() => setChange(undefined)}
        >
          <Text>
            {change.on
              ? t("From the next click on, {person} may do this: it stands in the audit trail with your name.", { person: person.name })
              : t("From the next click on, {person} may not do this any more.", { person: person.name })}
          </Text>
        </Dialog>
      ) : null}
    </Section>
  );
}
