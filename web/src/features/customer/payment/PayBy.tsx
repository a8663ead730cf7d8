import { paymentsMethodsList, type SavedMethod } from "@jobsphere/api-client";
import type { Money } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";
import { Loader, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { cardWords } from "@/components/cardWords";
import { ask } from "@/lib/api";
import type { Prepare } from "./form";
import { PaymentCard } from "./PaymentCard";
import classes from "./SandboxCardForm.module.css";

interface PayByProps {
  amount: Money | undefined;
  /** Of a payment that was begun already: only cards that are kept there can go on with it. */
  gateway?: string | undefined;
  onReady: (prepare: Prepare) => void;
  problem?: string | undefined;
}

const noCardYet: Prepare = async () => {
  throw new Error(t("Choose a card."));
};

/** A choice among the cards that the payer keeps, the usual one first in mind; or another card by the form. */
export function PayBy(props: PayByProps) {
  const found = useQuery({ queryKey: ["cards"], queryFn: () => ask(paymentsMethodsList()) });
  if (found.isPending) return <Loader aria-label={t("Looking for the cards that you keep")} />;
  // Whoever cannot see their cards can still pay.
  const kept = (found.data?.methods ?? []).filter((card) => card.status === "saved" && (!props.gateway || card.gateway === props.gateway));
  return kept.length > 0 ? <Choice kept={kept} {...props} /> : <PaymentCard {...props} />;
}

function Choice({ kept, ...props }: PayByProps & { kept: SavedMethod[] }) {
  const usual = kept.find((card) => card.is_default) ?? kept[0];
  const [chosen, setChosen] = useState(usual?.id);
  const card = kept.find((each) => each.id === chosen);
  const { onReady } = props;
  const { id, gateway } = card ?? {};
  useEffect(() => {
    // The other form prepares for itself.
    if (id && gateway) onReady(async () => ({ gateway, payment_method: id }));
  }, [id, gateway, onReady]);
  const another = (): void => {
    // Until the other form is there nothing is charged, least of all the card that was chosen before.
    onReady(noCardYet);
    setChosen(undefined);
  };
  return (
    <Stack>
      <fieldset className={classes.cards}>
        <legend>{t("Pay with")}</legend>
        {card && props.problem ? (
          <div role="alert" className={classes.problem}>
            {t("{problem} Choose another card; everything else is kept.", { problem: props.problem })}
          </div>
        ) : null}
        {kept.map((each) => (
          <label key={each.id} className={classes.card}>
            <input type="radio" name="kept-card" checked={card === each} onChange={() => setChosen(each.id)} />
            <span className={classes.number}>{cardWords(each)}</span>
            <span className={classes.does}>
              {t("Expires {month}/{year}", { month: String(each.expires_month).padStart(2, "0"), year: String(each.expires_year) })}
            </span>
          </label>
        ))}
        <label className={classes.card}>
          <input type="radio" name="kept-card" checked={card === undefined} onChange={another} />
          <span className={classes.number}>{t("Another card")}</span>
        </label>
      </fieldset>
      {card ? null : <PaymentCard {...props} />}
    </Stack>
  );
}
