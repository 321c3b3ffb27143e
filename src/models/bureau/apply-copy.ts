import { compareCopy } from "../reconciliation/copy.ts";
import { placeWords } from "../reconciliation/words.ts";
import type { Store } from "../store.ts";
import type { Of } from "./applying.ts";
import { outdated } from "./file-order.ts";
import type { Applied, BureauResult } from "./results.ts";

type Copy = Extract<BureauResult, { kind: "copy" }>;

/** Places that the note of one record names; the list of differences has them all. */
const NAMED = 5;

/** SJTB, 数据同步: a record as it stands at the bureau is compared with ours; what differs waits on the list of 对账. */
export async function applyCopy(store: Store, { answer, position, result }: Of<Copy>): Promise<Applied> {
  const { ispId, bureauId, id: answerId } = answer;
  const compared = await compareCopy(store, { ispId, bureauId, answerId, position }, result.record);
  if (compared === "outdated") return outdated;
  return { outcome: "applied", filingId: null, note: noteOf(compared.places) };
}

/** Places alone, never a value. */
function noteOf(places: readonly string[]): string | null {
  if (places.length === 0) return null;
  const named = [...new Set(places.map((place) => placeWords(place)))];
  const more = named.length > NAMED ? `等${named.length}处` : "";
  return `对账差异：${named.slice(0, NAMED).join("、")}${more}`;
}
