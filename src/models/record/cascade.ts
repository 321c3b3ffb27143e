import type { Scope } from "../../vocabulary/filing.ts";
import { NotFound } from "../errors.ts";
import type { RecordTree } from "./tree.ts";

type Website = RecordTree["websites"][number];

/** What goes with a subject, a website or an access that is cancelled. */
export type Cascade = {
  /** The websites that go, with all their accesses; for an access the website that it belongs to, which stays. */
  websites: Website[];
  /** How many accesses go. */
  accesses: number;
  /**
   * The one access of a website cannot be cancelled alone (result code 1025 of the bureau's interface): the website is
   * cancelled instead.
   */
  lastAccess: boolean;
};

/** What goes with it; throws NotFound for what is not in the record. */
export function cascadeOf(record: RecordTree, scope: Scope, targetId: number): Cascade {
  const websites = record.websites.filter(
    (website) =>
      (scope === "subject" && record.id === targetId) ||
      (scope === "website" && website.id === targetId) ||
      (scope === "access" && website.accesses.some(({ id }) => id === targetId)),
  );
  const known = scope === "subject" ? record.id === targetId : websites.length > 0;
  if (!known) throw new NotFound(`no ${scope} ${targetId} in record ${record.id}`);
  const all = websites.reduce((count, { accesses }) => count + accesses.length, 0);
  return scope === "access"
    ? { websites, accesses: 1, lastAccess: all === 1 }
    : { websites, accesses: all, lastAccess: false };
}
