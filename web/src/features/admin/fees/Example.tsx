import type { FeesExample, FeesOfExample } from "@jobsphere/api-client";
import { add, formatMoney } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";
import { Text, VisuallyHidden } from "@mantine/core";
import classes from "./Fees.module.css";

/** What an offer of 100 would bear, beside what it would bear without the policy; both reckoned by the server. */
export function Example({ example: { amount, then, now, policy_now: policy } }: { example: FeesExample }) {
  const rows: [string, keyof FeesOfExample][] = [
    [t("When it is accepted"), "platform_fee"],
    [t("When work is paid"), "service_fee"],
    [t("The contractor gets"), "payout"],
  ];
  const fees = formatMoney(add(then.platform_fee, then.service_fee));
  return (
    <div>
      <Text fw={650} role="status">
        {t("Of {amount} the contractor pays {fees} and gets {payout}.", { amount: formatMoney(amount), fees, payout: formatMoney(then.payout) })}
      </Text>
      <table className={classes.example}>
        <VisuallyHidden component="caption">{t("An offer of {amount}, with this policy and without it", { amount: formatMoney(amount) })}</VisuallyHidden>
        <thead>
          <tr>
            <td />
            <th scope="col">{t("Without it: {policy}", { policy })}</th>
            <th scope="col">{t("With it")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, part]) => (
            <tr key={part}>
              <th scope="row">{label}</th>
              <td>{formatMoney(now[part])}</td>
              <td>{formatMoney(then[part])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
