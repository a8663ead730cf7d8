import { useCallback, useState } from "react";
import { asProblem, type Problem } from "@/lib/problems";

/** A message on its way. Its client_id stays the same however often it is sent, so it can arrive once only. */
export interface Waiting {
  clientId: string;
  body: string;
  files: { id: string; name: string }[];
  problem?: Problem | undefined;
}

type Send = (message: Waiting) => Promise<void>;

/** Messages that were sent from this screen and did not arrive yet. */
export function useOutbox(send: Send) {
  const [waiting, setWaiting] = useState<Waiting[]>([]);
  const put = useCallback(
    async (message: Waiting): Promise<void> => {
      const rest = (all: Waiting[]) => all.filter((each) => each.clientId !== message.clientId);
      setWaiting((all) => [...rest(all), { ...message, problem: undefined }]);
      try {
        await send(message);
        setWaiting(rest);
      } catch (error) {
        setWaiting((all) => [...rest(all), { ...message, problem: asProblem(error) }]);
      }
    },
    [send],
  );
  return { waiting, put };
}
