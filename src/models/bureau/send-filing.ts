import type { Db } from "../../db/client.ts";
import { derivedId } from "../../lib/ids.ts";
import { type Filing, filingColumns, filingKey, lockFiling } from "../filing/rows.ts";
import { writeSnapshot } from "../filing/snapshots.ts";
import { transition, transitionWithin } from "../filing/transition.ts";
import { readPicture } from "../material/files.ts";
import type { Store } from "../store.ts";
import { bureauPictures, contentOf, earlierScans } from "./content.ts";
import { labelsOf } from "./names.ts";
import { uploadOf } from "./operation.ts";
import type { Picture } from "./parts.ts";
import { isUpload } from "./requests.ts";
import type { Bureau } from "./rows.ts";
import type { BureauQueue, Content, IsFree, Sender, SenderParts, Verdict, Waiting } from "./senders.ts";

const system = { kind: "system" } as const;

/** Filings that wait for this bureau, the longest first; nothing about them or their subject is under way. */
const filingsToUpload = (
  db: Db,
  bureau: Bureau,
  { limit, passed }: { limit: number; passed: readonly number[] },
): Promise<Filing[]> => db<Filing[]>`
  select ${filingColumns(db)} from filings f
  where f.isp_id = ${bureau.ispId} and f.state = 'uploading' and f.bureau_id = ${bureau.id}
    and not (f.id = any(${[...passed]}::bigint[])) and not exists (
      select 1 from bureau_requests r join filings o on o.id = r.filing_id
      where (o.id = f.id or o.subject_id = f.subject_id) and ${isUpload(db)} and r.state = 'open')
  order by f.state_since, f.id limit ${limit}`;

/** What is uploaded of a filing. Pictures change no label, and are read only for what can go now. */
async function contentFor(
  parts: SenderParts,
  bureau: Bureau,
  filing: Filing,
  isFree: IsFree,
): Promise<Content | "busy"> {
  const bare = { ...(await contentOf(parts, filing, bureau)), pictures: [] };
  if (!(await isFree(labelsOf(uploadOf(bare), bare).subject))) return "busy";
  const content = { ...bare, pictures: await picturesOf(parts, filing) };
  const operation = uploadOf(content);
  return { operation, labels: labelsOf(operation, content) };
}

async function picturesOf(parts: SenderParts, filing: Filing): Promise<Picture[]> {
  const own = await bureauPictures(parts.db, filing.id);
  const earlier = await earlierScans(parts.db, filing.id);
  const wanted = [
    ...own.map((material) => ({ material, sectionId: material.sectionId, dataKey: filing.dataKey })),
    ...earlier.map(({ material, forSection, dataKey }) => ({ material, sectionId: forSection, dataKey })),
  ];
  return Promise.all(
    wanted.map(async ({ material, sectionId, dataKey }) => ({
      ...{ slot: material.slot, sectionId },
      bytes: await readPicture(parts.files, filingKey(parts, { dataKey }), material, "bureau"),
    })),
  );
}

const waitingFiling = (bureau: Bureau, filing: Filing): Waiting => ({
  id: filing.id,
  label: `filing ${filing.number}`,
  content: (parts, isFree) => contentFor(parts, bureau, filing, isFree),
  claim: async ({ db }) => {
    const { state, bureauId } = await lockFiling(db, filing.id, system);
    return state === "uploading" && bureauId === bureau.id ? { filingId: filing.id } : undefined;
  },
  // The values that went into the file: the record is made of them when the numbers come.
  written: async (store) => {
    const now = await lockFiling(store.db, filing.id, system);
    await writeSnapshot(store, now, await lastUploadEvent(store.db, now));
  },
  unsendable: async (root, message) => {
    const requestId = derivedId("failure", `filing:${filing.id}:${filing.stateSince.toISOString()}`);
    const input = { detail: { code: "schema", message } };
    await transition(root, { filingId: filing.id, action: "fail-upload", actor: system, requestId, input });
  },
});

/** Row 18 of the table for a filing whose receipt is certain; the caller has a transaction. */
export const acceptUpload = (
  store: Store,
  { id, filingId, packageId }: { id: number; filingId: number; packageId: number },
): Promise<Filing> =>
  transitionWithin(store, {
    ...{ filingId, action: "accept-upload", actor: system, requestId: derivedId("request", id, "accepted") },
    input: { detail: { package: packageId } },
  });

/** 新增, 变更, 注销: the upload of a filing. */
export const filingSender: Sender = {
  kind: "filing",
  waiting: async ({ db }, bureau, options) =>
    (await filingsToUpload(db, bureau, options)).map((filing) => waitingFiling(bureau, filing)),
  bureaus: (db) => db<BureauQueue[]>`
    select b.id, w.since from isp_bureaus b, lateral (
      select min(f.state_since) as since from filings f
      where f.isp_id = b.isp_id and f.state = 'uploading' and f.bureau_id = b.id) w
    where w.since is not null`,
  accepted: async (store, { id, packageId, filingId }) => {
    const filing = await lockFiling(store.db, filingId ?? 0, system);
    if (filing.state === "uploading") await acceptUpload(store, { id, packageId, filingId: filing.id });
  },
  delayed: async (store, { id, packageId, filingId }, { code }) => {
    const filing = await lockFiling(store.db, filingId ?? 0, system);
    if (filing.state !== "uploading") return;
    await transitionWithin(store, {
      ...{ filingId: filing.id, action: "delay-upload", actor: system },
      requestId: derivedId("request", id, "delay", code),
      input: { detail: { package: packageId, code } },
    });
  },
  failed: async (store, sent, { code, message }: Verdict, cause) => {
    const filing = await lockFiling(store.db, sent.filingId ?? 0, system);
    if (filing.state === "uploading")
      await transitionWithin(store, {
        ...{ filingId: filing.id, action: "fail-upload", actor: system },
        requestId: derivedId("failure", sent.id, cause),
        input: { detail: { code, message, package: sent.packageId, sequence: sent.sequence, cause } },
      });
    else await store.db`update bureau_requests set state = 'failed' where id = ${sent.id} and state = 'open'`;
  },
};

async function lastUploadEvent(db: Db, filing: Filing): Promise<number> {
  const [event] = await db<{ id: number }[]>`
    select id from filing_events where filing_id = ${filing.id} and to_state = 'uploading'
      and from_state is distinct from 'uploading'
    order by seq desc limit 1`;
  if (!event) throw new Error("a filing is uploading without an event");
  return event.id;
}
