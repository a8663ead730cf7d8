import { Stack } from "@mantine/core";
import { Page } from "@/components/Page";
import { Matrix } from "./Matrix";
import { Quiet } from "./Quiet";
import { Reading } from "./Reading";
import { ThisDevice } from "./ThisDevice";
import { t } from "@jobsphere/domain/text";

/** What one hears, how, when and in which language. */
export function NotificationsPage() {
  return (
    <Page title={t("Notifications")} lead={t("What you hear, how, and when you are left alone.")}>
      <Stack gap="xl">
        <ThisDevice />
        <Quiet />
        <Reading />
        <Matrix />
      </Stack>
    </Page>
  );
}
