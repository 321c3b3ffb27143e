import type { Vault } from "../../crypto/vault.ts";
import { codeTable } from "../../vocabulary/code-tables.ts";
import { textOf } from "../../vocabulary/fields/index.ts";
import { parseMobile } from "../../vocabulary/phone.ts";
import { type Checked, checkCode, requestCode } from "../code/codes.ts";
import { countHit, type Limit } from "../rate-limit/rate-limit.ts";
import { subjectValues } from "../record/rows.ts";
import { certificateHash } from "../record/write.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";

/** By what a forgotten number is looked for: a registrable domain in punycode, or the number of a certificate. */
export type RecoveryQuestion = { by: "domain" | "certificate"; value: string };

/** What a browser keeps between asking and the code, sealed; `subjectId` null: there is no such record. */
export type Recovery = { subjectId: number | null; holder: string; target: string; hint: string };

/** Codes for one question in an hour, and for one record, by whatever question; five tries each. */
const perQuestion: Limit = { name: "recovery-question", most: 5, seconds: 3600 };
const perRecord: Limit = { name: "recovery-record", most: 5, seconds: 3600 };

/** Whose records a host knows: its provider's, or on a host of no provider those of all. */
export type RecoveryScope = { ispId: number | null; fallback: number };

/**
 * 找回备案号: sends a code to the phone on record. Where there is no such record everything happens the same and nothing
 * is sent; the hint is then made of our key and the question. `over`: too many codes for this question. Too many for the
 * record, asked for in different ways, is not told: no more are sent.
 */
export async function beginRecovery(
  root: RootStore,
  question: RecoveryQuestion,
  { ispId, fallback }: RecoveryScope,
): Promise<{ over: true; retryAfter: number } | { over: false; recovery: Recovery }> {
  const digest = root.vault.sign("recovery", `${question.by}\0${question.value}`);
  const { over, retryAfter } = await countHit(root, perQuestion, digest.toString("hex"));
  if (over) return { over, retryAfter };
  const found = await reachable(root, question, ispId);
  const holder = found ? `record:${found.id}` : `nobody:${digest.toString("hex").slice(0, 24)}`;
  const spent = (await countHit(root, perRecord, holder)).over;
  const target = found?.mobile ?? holder;
  await inTransaction(root, (store) =>
    requestCode(store, {
      ...{ purpose: "recovery", holder, target, channel: "sms" },
      ispId: found?.ispId ?? fallback,
      decoy: found === undefined || spent,
    }),
  );
  const hint = found ? found.mobile.slice(-2) : decoyHint(digest);
  return { over: false, recovery: { subjectId: found?.id ?? null, holder, target, hint } };
}

/** Two digits that are the same each time somebody asks. */
const decoyHint = (digest: ReturnType<Vault["sign"]>): string =>
  String((digest.at(-1) ?? 0) % 100).padStart(2, "0");

type Found = { id: number; ispId: number; mobile: string };

/** The newest record in force that the question means and whose 负责人 has a mobile number. */
async function reachable(
  store: Store,
  question: RecoveryQuestion,
  ispId: number | null,
): Promise<Found | undefined> {
  const { db } = store;
  const hashes = codeTable("cert_type").rows.map(({ code }) =>
    certificateHash(store, code, question.value).toString("hex"),
  );
  const matches =
    question.by === "domain"
      ? db`s.id in (select w.subject_id from websites w join domains d on d.website_id = w.id
          where d.domain = ${question.value} and d.cancelled_at is null)`
      : db`s.certificate_hash in (select decode(h, 'hex') from unnest(${hashes}::text[]) h)`;
  const rows = await db<{ id: number; ispId: number }[]>`
    select s.id, s.isp_id from subjects s
    where (${ispId}::bigint is null or s.isp_id = ${ispId}) and s.cancelled_at is null and ${matches}
    order by s.id desc limit 1`;
  const [row] = rows;
  const mobile = row && textOf((await subjectValues(store, row.id)) ?? {}, "mobile");
  return row && mobile && parseMobile(mobile) ? { ...row, mobile } : undefined;
}

/** Tries the code. Right is right for the record of the recovery only. */
export const proveRecovery = (store: Store, { holder, target }: Recovery, typed: string): Promise<Checked> =>
  checkCode(store, { purpose: "recovery", holder, target }, typed);

/** The numbers of a record and of its websites in force; nothing of it is personal. */
export type RecoveredNumbers = {
  number: string;
  websites: { number: string; name: string; domains: string[] }[];
};

/** What was forgotten; the caller has proved to be on record. Undefined where the record was cancelled meanwhile. */
export async function recoveredNumbers(
  { db }: Store,
  subjectId: number,
): Promise<RecoveredNumbers | undefined> {
  const [subject] = await db<{ number: string }[]>`
    select number from subjects where id = ${subjectId} and cancelled_at is null`;
  if (!subject) return undefined;
  const websites = await db<RecoveredNumbers["websites"]>`
    select w.number, w.name,
      array(select d.domain from domains d where d.website_id = w.id and d.cancelled_at is null order by d.id) as domains
    from websites w where w.subject_id = ${subjectId} and w.cancelled_at is null order by w.id limit 200`;
  return { number: subject.number, websites };
}
