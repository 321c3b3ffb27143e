import { blankPackage as blank } from "../bureau/blank.ts";
import type { BureauParts } from "../bureau/parts.ts";
import type { Task } from "./types.ts";

/** Takes the 备案密码 out of the kept file of one package that is over. */
export const blankPackage =
  (parts: BureauParts): Task<"blank-package"> =>
  async ({ packageId }, { progress }) =>
    progress(await blank(parts, packageId));
