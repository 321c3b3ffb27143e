import { openText, seal } from "../../crypto/seal.ts";
import type { Db } from "../../db/client.ts";
import { enqueue } from "../../jobs.ts";
import { hasRole, type Staff } from "../actor.ts";
import { recordLook } from "../audit/log.ts";
import { Conflict, Forbidden, NotFound } from "../errors.ts";
import type { Files } from "../material/files.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { type Answer, answerColumns } from "./answer-rows.ts";
import { keptBytes, receivedFile } from "./received.ts";

const reasonContext = (answerId: number): string => `answer:${answerId}:skip`;

/** An answer of the reviewer's provider, or for the operator of any. Throws NotFound. */
async function lockAnswer(db: Db, ispId: number | undefined, id: number): Promise<Answer> {
  const [answer] = await db<Answer[]>`
    select ${answerColumns(db)} from bureau_answers a
    where a.id = ${id} and ${ispId === undefined ? db`true` : db`a.isp_id = ${ispId}`} for update`;
  if (!answer) throw new NotFound(`no answer ${id}`);
  return answer;
}

/**
 * 确认跳过: has a file that cannot be read acknowledged without applying it, since the bureau sends nothing else before.
 * The next download does it, should the file be unreadable then too. Without an actor the operator does it. Throws
 * Conflict for a file that can be read, or that has no name to acknowledge.
 */
export function skipAnswer(
  root: RootStore,
  actor: Staff | undefined,
  { id, reason }: { id: number; reason: string },
): Promise<Answer> {
  if (actor && !hasRole(actor, "submitter")) throw new Forbidden("only 上报 and 主管 skip files");
  return inTransaction(root, async ({ db, vault }) => {
    const answer = await lockAnswer(db, actor?.ispId, id);
    if (answer.state !== "unreadable") throw new Conflict("it was read in the meantime");
    if (answer.givenName === "") throw new Conflict("a file without a name cannot be acknowledged");
    const sealed = seal(vault.unwrap(answer.dataKey), reason, reasonContext(id));
    await db`
      update bureau_answers set skipped_at = now(), skipped_by = ${actor?.staffId ?? null},
        skip_reason_sealed = ${sealed}
      where id = ${id}`;
    if (actor) await recordLook(db, actor, "skip-answer", [null], { answerId: id, problem: answer.problem });
    await pullNow(db, answer.bureauId);
    return answer;
  });
}

/** Why a file was skipped, in that person's words, and who that was; undefined where it was not. */
export async function skippedWhy(
  { db, vault }: Store,
  { ispId }: Pick<Staff, "ispId">,
  id: number,
): Promise<{ reason: string; by: string | null; at: Date } | undefined> {
  const [row] = await db<{ dataKey: Buffer; sealed: Buffer | null; by: string | null; at: Date }[]>`
    select a.data_key, a.skip_reason_sealed as sealed, s.name as by, a.skipped_at as at
    from bureau_answers a left join staff s on s.id = a.skipped_by where a.id = ${id} and a.isp_id = ${ispId}`;
  if (!row?.sealed) return undefined;
  const { by, at } = row;
  return { reason: openText(vault.unwrap(row.dataKey), row.sealed, reasonContext(id)), by, at };
}

/** 再取一次: has a bureau asked for its answers now; one that is stopped waits for its turn. */
export async function pullNow(db: Db, bureauId: number): Promise<void> {
  const [bureau] = await db`select 1 from isp_bureaus where id = ${bureauId} and stopped_at is null`;
  if (bureau)
    await enqueue(
      db,
      "download-from-bureau",
      { bureauId },
      { key: `download:${bureauId}`, queue: `bureau:${bureauId}`, maxAttempts: 3 },
    );
}

/** 下载原文: the file as the bureau sent it, with the names that the interface has; the download is in the audit log. */
export async function rawAnswer(
  root: RootStore & { files: Files },
  actor: Staff,
  id: number,
): Promise<{ name: string; bytes: Buffer }> {
  if (!hasRole(actor, "submitter")) throw new Forbidden("only 上报 and 主管 download files of the bureau");
  const answer = await inTransaction(root, async ({ db }) => {
    await recordLook(db, actor, "download-answer", [null], { answerId: id });
    return lockAnswer(db, actor.ispId, id);
  });
  const bytes = await keptBytes(root, answer);
  if (answer.receivedHash === null) return { name: `answer-${id}.zip`, bytes };
  return { name: `answer-${id}.xml`, bytes: asReceived(bytes) };
}

const escaped = (text: string): string => text.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** `fileInfos` as isp_download gave it (企业系统接口规范 V3.0, 3-3-2). */
function asReceived(bytes: Buffer): Buffer {
  const { fileName, beianInfo, ...rest } = receivedFile(bytes);
  const numbers = ["hashAlgorithm", "compressionFormat", "encryptAlgorithm"] as const;
  const head = numbers.map((name) => `<${name}>${rest[name]}</${name}>`).join("");
  const named = `<return_FileName>${escaped(fileName)}</return_FileName>`;
  const hash = `<beianInfoHash>${escaped(rest.beianInfoHash)}</beianInfoHash>`;
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<fileInfos>${head}${named}<beianInfo>${escaped(beianInfo)}</beianInfo>${hash}</fileInfos>\n`,
  );
}
