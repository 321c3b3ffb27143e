import { carryOut } from "./desk-orders.ts";
import type { Office } from "./office.ts";

/**
 * Carries the orders of the first start out, all of them in one line of the journal, so that nobody is told half of them
 * or the same twice. A bureau that has sent or received anything has begun already.
 */
export function begin(office: Office): void {
  const { options, state } = office;
  if (state.files.size > 0 || state.uploads.size > 0 || options.opening.length === 0) return;
  office.together(() => {
    for (const order of options.opening) carryOut(office, order);
  });
}
