import type { Registrant } from "../../models/actor.ts";
import type { Taken } from "../../models/filing/create.ts";
import { certificateHold, domainHold, type Hold, heldByOwn, recordHold } from "../../models/filing/holds.ts";
import type { RootStore } from "../../models/store.ts";
import { toAscii } from "../../vocabulary/domain.ts";

/** What another open filing already has, with the number of that filing where it is one's own. */
export type Held = { kind: Hold["kind"]; number: string | undefined };

type Asked = { certType: string; certNo: string; domain: string };

/** What a filing of these values holds alone. */
export const holdsFor = ({ certType, certNo, domain }: Asked, subjectId: number | null = null): Hold[] => [
  certificateHold(certType, certNo),
  domainHold(toAscii(domain)),
  ...(subjectId === null ? [] : [recordHold(subjectId)]),
];

/** Names one's own filings that are in the way; those of others stay unnamed. */
export async function heldBy(
  store: RootStore,
  actor: Registrant,
  asked: Asked,
  { taken }: Pick<Taken, "taken">,
  subjectId: number | null = null,
): Promise<Held[]> {
  const own = await heldByOwn(store, actor, holdsFor(asked, subjectId));
  return taken.map((kind) => ({ kind, number: own.find((one) => one.kind === kind)?.number }));
}
