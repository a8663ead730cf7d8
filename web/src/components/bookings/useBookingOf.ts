import { bookingsList, bookingsRetrieve } from "@jobsphere/api-client";
import { useQuery } from "@tanstack/react-query";
import { ask } from "@/lib/api";
import { usePolling } from "@/lib/live/live";

/** The booking behind a contract; null where it is none. */
export function useBookingOf(contractId: string) {
  const refetchInterval = usePolling(30_000);
  return useQuery({
    queryKey: ["bookings", "of", contractId],
    queryFn: async () => {
      const [first] = (await ask(bookingsList({ query: { contract_id: contractId, page_size: 1 } }))).results;
      return first ? ask(bookingsRetrieve({ path: { booking_id: first.id } })) : null;
    },
    refetchInterval,
  });
}
