import type { Db } from "../../db/client.ts";
import { adoptedCodes } from "../code-table/in-force.ts";
import type { Inquiry } from "./rows.ts";

export type Opinion = { code: string; label: string };

/** The bureau's list of opinions (核实意见). It is not public: empty until the bureau has sent it and it was adopted. */
export const opinionsFor = async (
  db: Db,
  { ispId, bureauId }: Pick<Inquiry, "ispId" | "bureauId">,
): Promise<Opinion[]> =>
  (await adoptedCodes(db, { ispId, bureauId }, "Hsyj_dms")).filter(({ code }) => /^\d{1,9}$/.test(code));
