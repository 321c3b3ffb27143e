import { randomInt } from "node:crypto";
import type { Vault } from "../../crypto/vault.ts";
import { queueNotice } from "../notice/queue.ts";
import type { Channel } from "../notice/templates.ts";
import type { Store } from "../store.ts";

/** What a code is for; each has a notice template `code-<purpose>`. */
export type Purpose =
  | "activation"
  | "login"
  | "password-reset"
  | "email-change"
  | "mobile-change"
  | "phone-proof"
  | "transfer"
  | "recovery";

/** What a code proves (`account:12`, `filing:7:31:mobile`), and the address or number it goes to. */
export type CodeSubject = { purpose: Purpose; holder: string; target: string };

export type CodeRequest = CodeSubject & {
  ispId: number;
  accountId?: number;
  filingId?: number;
  channel: Channel;
  /** Path of the page that takes the code; the mail links to it with `?code=`. */
  page?: string;
  /**
   * For somebody who is not there: everything is done as always, but nothing is sent, so that the answer, its time and
   * every later try look the same.
   */
  decoy?: boolean;
};

/** `requested` goes out now; `too-soon`: the last one is younger than a minute, again in so many seconds. */
export type Requested = { state: "requested"; codeId: number } | { state: "too-soon"; seconds: number };

/** Six digits, five tries, sixty seconds between two: product section 1.3. Ten minutes stand in the table. */
const TRIES = 5;
const PAUSE = 60;

const targetHash = (vault: Vault, target: string): Buffer => vault.sign("code-target", target);
const codeHash = (vault: Vault, { purpose, holder }: CodeSubject | StoredSubject, code: string): Buffer =>
  vault.sign("code", `${purpose}\0${holder}\0${code}`);

type StoredSubject = { purpose: Purpose; holder: string };

/** Seconds until another code may be asked for; 0 when it may be now. */
export async function secondsToWait({ db }: Store, { purpose, holder }: StoredSubject): Promise<number> {
  const [row] = await db<{ seconds: number }[]>`
    select ceil(extract(epoch from requested_at + make_interval(secs => ${PAUSE}) - now()))::int as seconds
    from codes where purpose = ${purpose} and holder = ${holder} order by id desc limit 1`;
  return Math.max(0, row?.seconds ?? 0);
}

/** When the newest code of the holder was asked for, if it went to this target; undefined otherwise. */
export async function lastRequest(
  { db, vault }: Store,
  { purpose, holder, target }: CodeSubject,
): Promise<Date | undefined> {
  const [row] = await db<{ targetHash: Buffer; requestedAt: Date }[]>`
    select target_hash, requested_at from codes
    where purpose = ${purpose} and holder = ${holder} order by id desc limit 1`;
  return row?.targetHash.equals(targetHash(vault, target)) ? row.requestedAt : undefined;
}

/**
 * Asks for a code: a row without digits, and the notice that will carry them; the worker makes them when it sends.
 * Takes a transaction. Two requests at once make one code.
 */
export async function requestCode(store: Store, request: CodeRequest): Promise<Requested> {
  const { db, vault } = store;
  const { purpose, holder, target } = request;
  await db`select pg_advisory_xact_lock(hashtextextended(${`code:${purpose}:${holder}`}, 0))`;
  const seconds = await secondsToWait(store, request);
  if (seconds > 0) return { state: "too-soon", seconds };
  const [row] = await db<{ id: number }[]>`
    insert into codes (purpose, holder, target_hash) values (${purpose}, ${holder}, ${targetHash(vault, target)})
    returning id`;
  const codeId = row?.id ?? 0;
  if (request.decoy) await withoutEffect(store, (inside) => sendCode(inside, request, codeId));
  else await sendCode(store, request, codeId);
  return { state: "requested", codeId };
}

const sendCode = (store: Store, request: CodeRequest, codeId: number) =>
  queueNotice(store, {
    ispId: request.ispId,
    ...(request.accountId === undefined ? {} : { accountId: request.accountId }),
    ...(request.filingId === undefined ? {} : { filingId: request.filingId }),
    codeId,
    channel: request.channel,
    template: `code-${request.purpose}`,
    address: request.target,
    variables: request.page === undefined ? {} : { page: request.page },
    cause: `code:${codeId}:${request.channel}`,
  });

class Undone extends Error {
  override name = "Undone";
}

/** Does the work and takes it back: the same statements, and nothing left of them. Takes a transaction. */
async function withoutEffect(store: Store, work: (inside: Store) => Promise<unknown>): Promise<void> {
  if (!("savepoint" in store.db)) throw new Error("requestCode takes a transaction");
  const undone = store.db.savepoint(async (db) => {
    await work({ db, vault: store.vault });
    throw new Undone();
  });
  await undone.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
}

/**
 * Makes the digits of a code that is about to be sent, and its ten minutes; called by the worker. A notice tried again
 * gets new digits. Undefined when the code is wanted no more: replaced by a newer one, used, or out of time.
 */
export async function issueCode(store: Store, codeId: number): Promise<{ code: string } | undefined> {
  const { db, vault } = store;
  const [row] = await db<StoredSubject[]>`select purpose, holder from codes where id = ${codeId}`;
  if (!row) return undefined;
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  const issued = await db`
    update codes set code_hash = ${codeHash(vault, row, code)}, sent_at = now(), expires_at = now() + interval '10 minutes'
    where id = ${codeId} and used_at is null and expires_at > now() and tries < ${TRIES}
      and id = (select max(id) from codes where purpose = ${row.purpose} and holder = ${row.holder})
    returning id`;
  return issued.length > 0 ? { code } : undefined;
}

/**
 * `left`: tries that remain. `incomplete`: not six digits, which is no try. `expired`: out of time, used, or out of tries.
 * `none`: never asked for, for that target.
 */
export type Checked =
  | { result: "ok" }
  | { result: "wrong"; left: number }
  | { result: "incomplete" }
  | { result: "expired" }
  | { result: "none" };

/**
 * Tries a code. One statement counts the try and uses the code, so that of two tries at once only one can win and five
 * are all there are. Only the newest code of the holder counts, and only for the target it was sent to.
 */
export async function checkCode(store: Store, subject: CodeSubject, typed: string): Promise<Checked> {
  const { db, vault } = store;
  const { purpose, holder, target } = subject;
  const digits = typed.normalize("NFKC").replace(/\D/g, "");
  if (digits.length !== 6) return { result: "incomplete" };
  const [tried] = await db<{ right: boolean; left: number }[]>`
    update codes set tries = tries + 1,
      used_at = case when code_hash = ${codeHash(vault, subject, digits)} then now() end
    where id = (select max(id) from codes where purpose = ${purpose} and holder = ${holder})
      and target_hash = ${targetHash(vault, target)}
      and used_at is null and expires_at > now() and tries < ${TRIES}
    returning used_at is not null as right, ${TRIES} - tries as left`;
  if (tried) return tried.right ? { result: "ok" } : judgeWrong(tried.left);
  const [known] = await db`
    select 1 from codes where purpose = ${purpose} and holder = ${holder}
      and target_hash = ${targetHash(vault, target)} limit 1`;
  return { result: known ? "expired" : "none" };
}

const judgeWrong = (left: number): Checked => (left > 0 ? { result: "wrong", left } : { result: "expired" });

/** What a person reads of a try that was not right. */
export const codeProblems: Record<Exclude<Checked["result"], "ok">, (left: number) => string> = {
  wrong: (left) => `验证码不对，还可以再试${left}次`,
  incomplete: () => "请填写6位数字的验证码",
  expired: () => "验证码已经失效，请重新发送",
  none: () => "请先发送验证码",
};

/** The sentence for a try that was not right; undefined for one that was. */
export const codeProblem = (checked: Checked): string | undefined =>
  checked.result === "ok" ? undefined : codeProblems[checked.result]("left" in checked ? checked.left : 0);
