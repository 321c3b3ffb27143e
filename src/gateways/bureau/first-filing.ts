import type { Operation } from "./operations.ts";
import { uploadXml } from "./upload.ts";

/** One first filing (新增备案, XZBA): the subject, its websites, the pictures. */
export type FirstFiling = Omit<Extract<Operation, { kind: "first" }>, "kind"> & {
  /** Number of the provider at the bureau; goes into Qqdwid. */
  ispId: number;
};

/** The XML of an upload with one first filing, see `uploadXml`. */
export const firstFilingXml = ({ ispId, ...filing }: FirstFiling): string =>
  uploadXml({ ispId, operation: { kind: "first", ...filing } });
