import { Conflict } from "../../models/errors.ts";

/** Whether somebody else wrote in between, so that nothing was saved: the page shows what was typed and says so. */
export const changedMeanwhile = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => false,
    (error: unknown) => {
      if (error instanceof Conflict) return true;
      throw error;
    },
  );
