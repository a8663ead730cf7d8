import { offersPayCreate, paymentsConfirmCreate, paymentsRetrieve } from "@jobsphere/api-client";
import { Button, Text } from "@mantine/core";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { Page } from "@/components/Page";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { roomOf } from "./payment/room";
import { t } from "@jobsphere/domain/text";

/** Where the bank sends the payer after 3-D Secure: see what became of the payment, then on to what it is for. */
export function BackFromBankPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const navigate = useNavigate();
  const look = useVerb<void, string>(
    async (_, key) => {
      const payment = await ask(paymentsRetrieve({ path: { payment_id: id } }));
      if (payment.purpose.type !== "offer") {
        if (payment.status === "pending") await ask(paymentsConfirmCreate({ body: { payment: id }, headers: withKey(key) }));
        return roomOf(id);
      }
      const offerId = payment.purpose.id;
      if (payment.status === "pending") {
        await ask(offersPayCreate({ path: { offer_id: offerId }, body: {}, headers: withKey(key) }));
      }
      return `/offers/${offerId}`;
    },
    (to) => navigate({ to, replace: true }),
  );
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    look.mutate();
  }, [look]);
  return (
    <Page title={t("Your payment")} narrow>
      {look.isError ? (
        <>
          <Failed error={look.error} retry={() => look.mutate()} />
          <Button component={Link} to="/offers" variant="default">
            {t("My offers")}
          </Button>
        </>
      ) : (
        <Text role="status">{t("We are asking the bank what became of it…")}</Text>
      )}
    </Page>
  );
}
