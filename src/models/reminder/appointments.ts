import { appointmentAhead } from "../appointment/rows.ts";
import { noticeRegistrant } from "../notice/registrant.ts";
import { inTransaction, type RootStore } from "../store.ts";

/** Reminds of a 面签 the day before, once; false when it was moved, given up, or is over. */
export const remindAppointment = (root: RootStore, appointmentId: number): Promise<boolean> =>
  inTransaction(root, async (store) => {
    const found = await appointmentAhead(store.db, appointmentId);
    if (!found) return false;
    const { place, address, phone, note, startsAt } = found;
    await noticeRegistrant(
      store,
      { id: found.filingId, ispId: found.ispId, accountId: found.accountId },
      "appointment-reminder",
      { place, address, phone, note, startsAt },
      `appointment-reminder:${appointmentId}`,
    );
    return true;
  });
