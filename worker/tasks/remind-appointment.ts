import { remindAppointment as remind } from "../../src/models/reminder/appointments.ts";
import type { RootStore } from "../../src/models/store.ts";
import type { Task } from "./types.ts";

/** Reminds the registrant of a 面签 the day before. */
export const remindAppointment =
  (store: RootStore): Task<"remind-appointment"> =>
  async ({ appointmentId }, { progress }) =>
    progress((await remind(store, appointmentId)) ? "reminded" : "nothing to remind of");
