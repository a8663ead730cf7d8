import { offersPayCreate, paymentsRetrieve } from "@jobsphere/api-client";
import { Button, Text } from "@mantine/core";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { Page } from "@/components/Page";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";

/** Where the bank sends the payer after 3-D Secure: see what became of the payment, then on to what it is for. */
export function BackFromBankPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const navigate = useNavigate();
  const look = useVerb<void, string>(
    async (_, key) => {
      const payment = await ask(paymentsRetrieve({ path: { payment_id: id } }));
      const offerId = payment.purpose.id;
      if (payment.status === "pending") {
        await ask(offersPayCreate({ path: { offer_id: offerId }, body: {}, headers: withKey(key) }));
      }
      return offerId;
    },
    (offerId) => navigate({ to: `/offers/${offerId}`, replace: true }),
  );
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    look.mutate();
  }, [look]);
  return (
    <Page title="Your payment" narrow>
      {look.isError ? (
        <>
          <Failed error={look.error} retry={() => look.mutate()} />
          <Button component={Link} to="/offers" variant="default">
            My offers
          </Button>
        </>
      ) : (
        <Text role="status">We are asking the bank what became of it…</Text>
      )}
    </Page>
  );
}
