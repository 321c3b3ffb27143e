import { openText, seal } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import { isRequestId, newId } from "../../lib/ids.ts";
import { toAscii } from "../../vocabulary/domain.ts";
import { NotFound } from "../errors.ts";
import type { Checked } from "../filing/create.ts";
import { certificateHash } from "../record/write.ts";
import type { Store } from "../store.ts";
import { choicesOf, type Evidence, type Opening, type Path, pathFor } from "./paths.ts";
import type { Found, Question, Sightings } from "./sightings.ts";

/** A 验证备案类型 as it was made, opened. */
export type TypeCheck = {
  id: string;
  ispId: number;
  accountId: number;
  inputs: Checked;
  found: Found;
  wanted: "add" | "join" | null;
  path: Path;
  evidence: Evidence;
  bureau: Sightings["bureau"];
  chosen: Opening | null;
  subjectId: number | null;
  password: "right" | "unchecked" | null;
  filingId: number | null;
  contradicted: Path | null;
  createdAt: Date;
};

type Row = Omit<TypeCheck, "inputs" | "found"> & {
  dataKey: Buffer;
  inputsSealed: Buffer;
  foundSealed: Buffer;
};

const context = (ispId: number, id: string, place: string): string =>
  `isp:${ispId}:type-check:${id}:${place}`;

const columns = (db: Db) => db`
  t.id, t.isp_id, t.account_id, t.data_key, t.inputs_sealed, t.found_sealed, t.wanted, t.path, t.evidence, t.bureau,
  t.chosen, t.subject_id, t.password, t.filing_id, t.contradicted, t.created_at`;

function opened({ vault }: Store, { dataKey, inputsSealed, foundSealed, ...row }: Row): TypeCheck {
  const key = vault.unwrap(dataKey);
  const read = (sealed: Buffer, place: string) =>
    JSON.parse(openText(key, sealed, context(row.ispId, row.id, place)));
  return { ...row, inputs: read(inputsSealed, "inputs"), found: read(foundSealed, "found") };
}

/** What the records and the bureau are asked about. */
export const questionOf = ({ certType, certNo, domain }: Checked): Question => ({
  certType,
  certNo,
  domain: toAscii(domain),
});

export type NewTypeCheck = {
  accountId: number;
  ispId: number;
  inputs: Checked;
  wanted: TypeCheck["wanted"];
  requestId: string;
};

/** Keeps what was asked and found; the same request again gives the one that it made. */
export async function writeTypeCheck(
  store: Store,
  { accountId, ispId, inputs, wanted, requestId }: NewTypeCheck,
  { evidence, found, bureau, subjectId }: Sightings,
): Promise<TypeCheck> {
  const { db, vault } = store;
  const id = newId();
  const { key, wrapped } = vault.newDataKey();
  const sealed = (value: unknown, place: string) =>
    seal(key, JSON.stringify(value), context(ispId, id, place));
  const { certType, certNo, domain } = questionOf(inputs);
  await db`
    insert into type_checks (id, isp_id, account_id, request_id, certificate_hash, domain, data_key, inputs_sealed,
      found_sealed, wanted, path, evidence, bureau, subject_id)
    values (${id}, ${ispId}, ${accountId}, ${requestId}, ${certificateHash(store, certType, certNo)}, ${domain},
      ${wrapped}, ${sealed(inputs, "inputs")}, ${sealed(found, "found")}, ${wanted}, ${pathFor(evidence)},
      ${db.json(evidence)}, ${bureau}, ${subjectId})
    on conflict (account_id, request_id) do nothing`;
  const made = await typeCheckOfRequest(store, accountId, requestId);
  if (!made) throw new Error("a type check was not written");
  return made;
}

/** The one that a form made when it was sent before. */
export async function typeCheckOfRequest(
  store: Store,
  accountId: number,
  requestId: string,
): Promise<TypeCheck | undefined> {
  const { db } = store;
  const [row] = await db<Row[]>`
    select ${columns(db)} from type_checks t where t.account_id = ${accountId} and t.request_id = ${requestId}`;
  return row && opened(store, row);
}

/** One's own that is not a day old; throws NotFound for any other. */
export async function findTypeCheck(
  store: Store,
  id: string,
  { accountId, ispId }: { accountId: number; ispId: number },
): Promise<TypeCheck> {
  const { db } = store;
  const [row] = isRequestId(id)
    ? await db<Row[]>`
        select ${columns(db)} from type_checks t
        where t.id = ${id} and t.account_id = ${accountId} and t.isp_id = ${ispId} and t.expires_at > now()`
    : [];
  if (!row) throw new NotFound("no such type check for this account");
  return opened(store, row);
}

/** For jobs: by id, undefined when it is gone. */
export async function maybeTypeCheck(store: Store, id: string): Promise<TypeCheck | undefined> {
  const { db } = store;
  const [row] = await db<Row[]>`select ${columns(db)} from type_checks t where t.id = ${id}`;
  return row && opened(store, row);
}

/** The newest of a filing; undefined for one that was opened without. */
export async function typeCheckOf(store: Store, filingId: number): Promise<TypeCheck | undefined> {
  const { db } = store;
  const [row] = await db<Row[]>`
    select ${columns(db)} from type_checks t where t.filing_id = ${filingId} order by t.created_at desc limit 1`;
  return row && opened(store, row);
}

/**
 * The paths to choose from: where the bureau left something open, and where somebody came for another kind than was
 * found (an old document may be the one on record). Fewer than two: the path is settled.
 */
export function openChoices({ bureau, evidence, wanted, path }: TypeCheck): Opening[] {
  if (bureau === "silent") return choicesOf(evidence);
  if (path !== "first" || !wanted) return [];
  return ["first", wanted === "join" ? "join" : "add_elsewhere"];
}

/** The path that is gone: the one found, or the one chosen; undefined while there is a choice to make. */
export function settledPath(check: TypeCheck): Path | undefined {
  const choices = openChoices(check);
  if (choices.length < 2) return choices[0] ?? check.path;
  return choices.find((one) => one === check.chosen);
}

/** Keeps what the registrant chose among `openChoices`; anything else is ignored. */
export async function choosePath({ db }: Store, check: TypeCheck, chosen: string): Promise<void> {
  if (!openChoices(check).some((one) => one === chosen)) return;
  await db`update type_checks set chosen = ${chosen} where id = ${check.id} and filing_id is null`;
}
