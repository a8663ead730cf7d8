import { authPasswordResetConfirmCreate } from "@jobsphere/api-client";
import { PasswordInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { t } from "@jobsphere/domain/text";

/** What proves that somebody reads the letters of an account: the link's token, or a ticket and the code. */
type Proof = { token: string } | { ticket: string; code: string };

/** A new password that is set with a proof from a letter; afterwards one signs in with it. */
export function useNewPassword() {
  const navigate = useNavigate();
  const [password, setPassword] = useState("");
  const confirm = useMutation({
    mutationFn: (proof: Proof) => ask(authPasswordResetConfirmCreate({ body: { ...proof, password } })),
    onSuccess: async () => {
      notifications.show({ message: t("Your password is changed. Please sign in.") });
      await navigate({ to: "/sign-in" });
    },
  });
  const field = (
    <PasswordInput
      label={t("New password")}
      description={t("At least 12 characters; a short sentence is good.")}
      autoComplete="new-password"
      required
      value={password}
      error={confirm.isError ? asProblem(confirm.error).at("/password") : undefined}
      onChange={(event) => setPassword(event.currentTarget.value)}
    />
  );
  return { field, confirm };
}
