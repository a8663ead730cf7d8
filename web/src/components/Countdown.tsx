import { useNow } from "@/components/useNow";
import { formatAgo, formatMoment } from "@/lib/time";

/** "in 3 days", counting, with the exact moment for whoever needs it. */
export function Countdown({ to }: { to: string }) {
  const now = useNow();
  return (
    <time dateTime={to} title={formatMoment(to)}>
      {formatAgo(to, now)} ({formatMoment(to)})
    </time>
  );
}
