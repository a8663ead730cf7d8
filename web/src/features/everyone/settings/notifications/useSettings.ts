import { notificationsSettingsRetrieve, notificationsSettingsUpdate, type Settings, type SettingsInputRequest } from "@jobsphere/api-client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ask } from "@/lib/api";

const KEY = ["notifications", "settings"];

/** The settings, and one way to change some of them; who has never chosen gets the time zone of this device with it. */
export function useSettings() {
  const queries = useQueryClient();
  const settings = useQuery({ queryKey: KEY, queryFn: () => ask(notificationsSettingsRetrieve()), select: withOwnZone });
  const save = useMutation({
    mutationFn: (change: Partial<SettingsInputRequest>) => {
      if (!settings.data) throw new Error("The settings are not here yet");
      return ask(notificationsSettingsUpdate({ body: { ...inputOf(settings.data), ...change } }));
    },
    onSuccess: (answer) => {
      queries.setQueryData(KEY, answer);
      // Labels and news are said in the language that was chosen.
      void queries.invalidateQueries({ queryKey: ["notifications"], predicate: (query) => query.queryKey[1] !== "settings" });
    },
  });
  return { settings, save };
}

function withOwnZone(settings: Settings): Settings {
  return settings.chosen ? settings : { ...settings, time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone || settings.time_zone };
}

function inputOf({ language, time_zone, quiet_from, quiet_to, digest }: Settings): SettingsInputRequest {
  return { language, time_zone, quiet_from, quiet_to, digest };
}
