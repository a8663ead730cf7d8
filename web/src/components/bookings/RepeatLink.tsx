import { type Contract, repeatsList } from "@jobsphere/api-client";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useAccount } from "@/lib/account";
import { ask } from "@/lib/api";
import { t } from "@jobsphere/domain/text";

/** The way from a job room to the series that it is part of, or to one that begins with it. */
export function RepeatLink({ contract }: { contract: Contract }) {
  const me = useAccount().data?.id;
  const found = useQuery({
    queryKey: ["repeats", "of", contract.id],
    queryFn: () => ask(repeatsList({ query: { contract_id: contract.id, page_size: 1 } })),
  });
  const [first] = found.data?.results ?? [];
  if (first) {
    return (
      <Button component={Link} to={`/repeats/${first.id}`} variant="default">
        {t("This repeats: see the series")}
      </Button>
    );
  }
  // Where it cannot be told (an error), the room is whole without it.
  if (!found.data || contract.customer.id !== me || contract.status === "cancelled") return null;
  return (
    <Button component={Link} to="/repeats/new" search={{ offer: contract.offer_id } as never} variant="default">
      {t("Repeat this")}
    </Button>
  );
}
