import { remindInquiries as remind } from "../../src/models/reminder/inquiries.ts";
import type { RootStore } from "../../src/models/store.ts";
import type { Task } from "./types.ts";

/** Tells 上报 which inquiries of the bureau are due soon or overdue. */
export const remindInquiries =
  (store: RootStore): Task<"remind-inquiries"> =>
  async (_payload, { progress }) => {
    const { soon, overdue } = await remind(store);
    progress(`${soon} due soon, ${overdue} overdue`);
  };
