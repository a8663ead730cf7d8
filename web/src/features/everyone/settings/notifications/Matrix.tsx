import { type ChoiceRequest, notificationsPreferencesRetrieve, notificationsPreferencesUpdate, type Preference } from "@jobsphere/api-client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { CHANNELS, type Channel, groupsOf, summaryOf } from "./channels";
import classes from "./Matrix.module.css";
import { t } from "@jobsphere/domain/text";

const KEY = ["notifications", "preferences"];

/** Every type with its three channels: a row of switches under each, which needs no table and no sideways scrolling. */
export function Matrix() {
  const preferences = useQuery({ queryKey: KEY, queryFn: () => ask(notificationsPreferencesRetrieve()) });
  return (
    <Section title={t("What you hear")}>
      {preferences.isError ? <Failed error={preferences.error} retry={() => void preferences.refetch()} /> : null}
      {preferences.isPending ? <Loading rows={6} height={56} /> : null}
      {groupsOf(preferences.data?.preferences ?? []).map((group) => (
        <details key={group.name} className={classes.group}>
          <summary>
            <span>{group.label}</span>
            <span className={classes.count}>{summaryOf(group.items)}</span>
          </summary>
          <ul>
            {group.items.map((item) => (
              <Type key={item.type} item={item} />
            ))}
          </ul>
        </details>
      ))}
    </Section>
  );
}

function Type({ item }: { item: Preference }) {
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (change: Partial<Record<Channel, boolean>>) => {
      const { type, in_app, email, push } = item;
      return ask(notificationsPreferencesUpdate({ body: { preferences: [{ type, in_app, email, push, ...change } as ChoiceRequest] } }));
    },
    onSuccess: (answer) => queries.setQueryData(KEY, answer),
  });
  return (
    <li className={classes.type}>
      <span className={classes.label}>
        {item.label}
        {item.required ? <span className={classes.note}>{t("Always in the app and by e-mail")}</span> : null}
        {save.isError ? (
          <span role="alert" className={classes.failed}>
            {t("Not saved; try again.")}
          </span>
        ) : null}
      </span>
      <span className={classes.channels}>
        {CHANNELS.map(({ channel, label, icon: Icon }) => {
          const fixed = item.required && channel !== "push";
          return (
            <label key={channel} className={classes.channel} data-fixed={fixed || undefined}>
              <input
                type="checkbox"
                aria-label={`${item.label}: ${label}`}
                checked={item[channel]}
                disabled={fixed || save.isPending}
                onChange={(event) => save.mutate({ [channel]: event.currentTarget.checked })}
              />
              <Icon size={18} aria-hidden />
              {label}
            </label>
          );
        })}
      </span>
    </li>
  );
}
