import type { Contract } from "@jobsphere/api-client";
import type { Money } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";

/** Something of a contract that the customer pays, by the door of all payments. */
export interface Due {
  type: "milestone" | "change" | "tip" | "expense";
  id: string;
  title: string;
  amount: Money;
  /** The payment that was begun for it, if any. */
  paymentId: string | null;
  /** Whether the server lets this viewer pay it now. */
  payable: boolean;
  /** What happens with the money, in a sentence. */
  promise: string;
}

/** Find what is to be paid by its id. */
export function dueOf(contract: Contract, id: string): Due | undefined {
  return milestoneDue(contract, id) ?? changeDue(contract, id) ?? tipDue(contract, id) ?? expenseDue(contract, id);
}

function milestoneDue(contract: Contract, id: string): Due | undefined {
  const milestone = contract.milestones.find((each) => each.id === id);
  if (!milestone) return undefined;
  return {
    type: "milestone",
    id,
    title: milestone.title,
    amount: milestone.amount,
    paymentId: milestone.payment_id,
    payable: milestone.allowed_actions.includes("fund"),
    promise: t("It is taken now and protected until you approve the work. Then {contractor} gets it.", { contractor: contract.contractor.name }),
  };
}

function changeDue(contract: Contract, id: string): Due | undefined {
  const order = contract.change_order;
  if (order?.id !== id) return undefined;
  return {
    type: "change",
    id,
    title: t("The change that you agreed on"),
    amount: order.pay,
    paymentId: order.payment_id,
    payable: order.allowed_actions.includes("fund"),
    promise: t("It is taken now and protected until you approve the work. The change takes effect at once."),
  };
}

function tipDue(contract: Contract, id: string): Due | undefined {
  const tip = contract.tips.find((each) => each.id === id);
  if (!tip) return undefined;
  return {
    type: "tip",
    id,
    title: t("A tip for {contractor}", { contractor: contract.contractor.name }),
    amount: tip.amount,
    paymentId: tip.payment_id,
    payable: tip.allowed_actions.includes("fund"),
    promise: t("All of it goes to {contractor} at once. It cannot be taken back.", { contractor: contract.contractor.name }),
  };
}

function expenseDue(contract: Contract, id: string): Due | undefined {
  const expense = contract.expenses?.claims.find((each) => each.id === id);
  if (!expense) return undefined;
  return {
    type: "expense",
    id,
    title: expense.what,
    amount: expense.amount,
    paymentId: expense.payment_id,
    payable: expense.allowed_actions.includes("fund"),
    promise: t("All of it goes to {contractor} at once. It cannot be taken back.", { contractor: contract.contractor.name }),
  };
}
