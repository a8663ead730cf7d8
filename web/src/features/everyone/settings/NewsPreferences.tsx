import {
  notificationsPreferencesRetrieve,
  notificationsPreferencesUpdate,
  type Preference,
  type ChoiceRequest,
} from "@jobsphere/api-client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import classes from "./NewsPreferences.module.css";

const KEY = ["notifications", "preferences"];

export function NewsPreferences() {
  const preferences = useQuery({ queryKey: KEY, queryFn: () => ask(notificationsPreferencesRetrieve()) });
  const all = preferences.data?.preferences ?? [];
  const groups = [...new Set(all.map((each) => each.group))];
  return (
    <Section title="What you want to hear">
      {preferences.isError ? <Failed error={preferences.error} retry={() => void preferences.refetch()} /> : null}
      {preferences.isPending ? <Loading rows={3} height={64} /> : null}
      {groups.map((group) => (
        <Group key={group} name={group} items={all.filter((each) => each.group === group)} />
      ))}
    </Section>
  );
}

function Group({ name, items }: { name: string; items: Preference[] }) {
  return (
    <details className={classes.group}>
      <summary>
        {name}
        <span className={classes.count}>
          {items.filter((item) => item.email).length} of {items.length} by e-mail
        </span>
      </summary>
      <ul>
        {items.map((item) => (
          <Choice key={item.type} item={item} />
        ))}
      </ul>
    </details>
  );
}

function Choice({ item }: { item: Preference }) {
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (change: { in_app?: boolean; email?: boolean }) => {
      const choice = { type: item.type, in_app: item.in_app, email: item.email, ...change } as ChoiceRequest;
      return ask(notificationsPreferencesUpdate({ body: { preferences: [choice] } }));
    },
    onSuccess: (answer) => queries.setQueryData(KEY, answer),
  });
  const box = (channel: "in_app" | "email", label: string) => (
    <label className={classes.box}>
      <input
        type="checkbox"
        aria-label={`${item.label}: ${label}`}
        checked={item[channel]}
        disabled={item.required || save.isPending}
        onChange={(event) => save.mutate({ [channel]: event.currentTarget.checked })}
      />
      {label}
    </label>
  );
  return (
    <li className={classes.choice}>
      <span>
        {item.label}
        {item.required ? <span className={classes.count}>always told</span> : null}
        {save.isError ? <span role="alert"> Not saved.</span> : null}
      </span>
      <span className={classes.boxes}>
        {box("in_app", "here")}
        {box("email", "e-mail")}
      </span>
    </li>
  );
}
