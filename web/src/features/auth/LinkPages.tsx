import { accountEmailCancelCreate, authSessionsNotMeCreate, authVerifyEmailCreate } from "@jobsphere/api-client";
import { Button, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { Page } from "@/components/Page";
import { Failed } from "@/components/States";
import { ask } from "@/lib/api";
import { forgetTokens, isSignedIn } from "@/lib/session";
import { useToken } from "./token";
import { t } from "@jobsphere/domain/text";

/** The link of the letter that verifies an address. */
export function VerifyEmailPage() {
  const token = useToken();
  const verify = useMutation({ mutationFn: () => ask(authVerifyEmailCreate({ body: { token } })) });
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    verify.mutate();
  }, [verify]);
  return (
    <Page title={t("Your e-mail address")} narrow>
      {verify.isPending || verify.isIdle ? <Text role="status">{t("One moment…")}</Text> : null}
      {verify.isError ? <Failed error={verify.error} /> : null}
      {verify.isSuccess ? <Text role="status">{t("Thank you: your address is verified.")}</Text> : null}
      <Button component={Link} to={isSignedIn() ? "/home" : "/sign-in"}>
        {isSignedIn() ? t("Go on") : t("Sign in")}
      </Button>
    </Page>
  );
}

/** The link of the letter about a new device: everything is signed out, and a new password is the next step. */
export function NotMePage() {
  const token = useToken();
  const revoke = useMutation({
    mutationFn: () => ask(authSessionsNotMeCreate({ body: { token } })),
    onSuccess: () => forgetTokens(),
  });
  if (revoke.isSuccess) {
    return (
      <Page title={t("You are safe again")} narrow>
        <Text role="status">{t("Every device is signed out, also this one. Now set a new password that nobody knows.")}</Text>
        <Button component={Link} to="/forgot">
          {t("Set a new password")}
        </Button>
      </Page>
    );
  }
  return (
    <Page title={t("That was not you?")} narrow>
      <Text>
        {t("Then sign out every device at once. Whoever has got in is out immediately; your jobs and your money stay as they are.")}
      </Text>
      {revoke.isError ? <Failed error={revoke.error} /> : null}
      <Button color="red.9" loading={revoke.isPending} onClick={() => revoke.mutate()}>
        {t("Sign out every device")}
      </Button>
      <Button component={Link} to="/" variant="default">
        {t("It was me")}
      </Button>
    </Page>
  );
}

/** The link of the letter to the old address: whoever reads it can stop the change without signing in. */
export function StopEmailChangePage() {
  const token = useToken();
  const stop = useMutation({ mutationFn: () => ask(accountEmailCancelCreate({ body: { token } })) });
  if (stop.isSuccess) {
    return (
      <Page title={t("Your address stays as it was")} narrow>
        <Text role="status">{t("Nobody can use the codes any more. If you did not ask for the change, set a new password now.")}</Text>
        <Button component={Link} to="/forgot">
          {t("Set a new password")}
        </Button>
      </Page>
    );
  }
  return (
    <Page title={t("Keep your address?")} narrow>
      <Text>{t("Somebody asked to use another e-mail address for your account. You can stop it here.")}</Text>
      {stop.isError ? <Failed error={stop.error} /> : null}
      <Button loading={stop.isPending} onClick={() => stop.mutate()}>
        {t("Stop the change")}
      </Button>
      <Button component={Link} to="/" variant="default">
        {t("It was me")}
      </Button>
    </Page>
  );
}
