/** Remember in which job room a payment was begun, for the way back from the bank's page. */
export function rememberRoom(paymentId: string, contractId: string): void {
  localStorage.setItem(name(paymentId), contractId);
}

/** Where to go after a payment: its job room, or on another device the list of them. */
export function roomOf(paymentId: string): string {
  const contractId = localStorage.getItem(name(paymentId));
  return contractId ? `/contracts/${contractId}` : "/contracts";
}

function name(paymentId: string): string {
  return `jobsphere.room.${paymentId}`;
}
