import { isSealed, openString, sealString } from "../../crypto/seal.ts";
import type { DataKey } from "../../crypto/vault.ts";
import { fieldsOf } from "../../vocabulary/fields/index.ts";
import type { SectionKind, Values } from "../../vocabulary/filing.ts";

/** Sealing context of a value of a record; `objectId` is the subject, website or access, all under the subject's key. */
export const recordContext = (ispId: number, objectId: number, place: string): string =>
  `isp:${ispId}:record:${objectId}:${place}`;

const sensitive: Record<SectionKind, ReadonlySet<string>> = {
  subject: keysToSeal("subject"),
  website: keysToSeal("website"),
  access: keysToSeal("access"),
  cancellation: keysToSeal("cancellation"),
};

function keysToSeal(kind: SectionKind): ReadonlySet<string> {
  const fields = fieldsOf(kind).filter((field) => field.sensitivity !== "none");
  return new Set(fields.flatMap((field) => field.parts.map((part) => part.key)));
}

type Place = { ispId: number; id: number; kind: SectionKind };

/** Values as they lie in a record: personal ones sealed in place, and a typed text that only looks so. */
export function sealRecordValues(key: DataKey, { ispId, id, kind }: Place, values: Values): Values {
  const entries = Object.entries(values).map(([name, value]) =>
    (sensitive[kind].has(name) || isSealed(value)) && value.length > 0
      ? [name, sealString(key, JSON.stringify(value), recordContext(ispId, id, name))]
      : [name, value],
  );
  return Object.fromEntries(entries) as Values;
}

/** The reverse of `sealRecordValues`; throws when a value was moved to another record. */
export function openRecordValues(key: DataKey, { ispId, id }: Omit<Place, "kind">, stored: Values): Values {
  const entries = Object.entries(stored).map(([name, value]) =>
    isSealed(value)
      ? [name, JSON.parse(openString(key, value, recordContext(ispId, id, name)))]
      : [name, value],
  );
  return Object.fromEntries(entries) as Values;
}
