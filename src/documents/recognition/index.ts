/** Recognition of identity cards and business licences: a picture in, what it says out. Nothing leaves the machine. */
import type { ReadDocument } from "../../vocabulary/filing.ts";
import { businessLicence } from "./business-licence.ts";
import type { Cell } from "./cells.ts";
import { identityCard } from "./identity-card.ts";

export type { Cell } from "./cells.ts";
export { createReader, type Reader } from "./reader.ts";

const parsers: Record<ReadDocument["kind"], (cells: readonly Cell[]) => ReadDocument> = {
  identityCard,
  businessLicence,
};

/** What a document of a kind says; undefined where nothing of it could be read. */
export function readingOf(kind: ReadDocument["kind"], cells: readonly Cell[]): ReadDocument | undefined {
  const document = parsers[kind](cells);
  return Object.keys(document).length > 1 ? document : undefined;
}
