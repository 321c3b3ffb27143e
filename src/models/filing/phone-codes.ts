import { type Checked, checkCode, lastRequest, requestCode, secondsToWait } from "../code/codes.ts";
import { countHit, type Limit } from "../rate-limit/rate-limit.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { numberHash, type Phone, recordProof } from "./phones.ts";
import type { Filing } from "./rows.ts";

/** How a number stands: proved, or when a code went out and when the next may. */
export type PhoneState = { proved: boolean; sentAt: Date | undefined; wait: number };

/** `too-many`: the number or the filing has had its codes of today. */
export type PhoneCodeRequested =
  | { state: "requested" }
  | { state: "too-soon"; seconds: number }
  | { state: "too-many" };

const DAY = 24 * 3600;
const perNumber: Limit = { name: "phone-code-number", most: 10, seconds: DAY };
const perFiling: Limit = { name: "phone-code-filing", most: 30, seconds: DAY };
const perAccount: Limit = { name: "phone-code-account", most: 60, seconds: DAY };

const subjectOf = (filing: Pick<Filing, "id">, { sectionId, field, number }: Phone) => ({
  purpose: "phone-proof" as const,
  holder: `filing:${filing.id}:${sectionId}:${field}`,
  target: number,
});

/** Whether the number was proved in this filing, at whatever place. */
export async function isProved(store: Store, filing: Pick<Filing, "id">, number: string): Promise<boolean> {
  const rows = await store.db`
    select 1 from phone_proofs where filing_id = ${filing.id} and number_hash = ${numberHash(store, number)}`;
  return rows.length > 0;
}

/** What the form shows beside a number. */
export async function phoneState(
  store: Store,
  filing: Pick<Filing, "id">,
  phone: Phone,
): Promise<PhoneState> {
  const subject = subjectOf(filing, phone);
  const [proved, sentAt, wait] = await Promise.all([
    isProved(store, filing, phone.number),
    lastRequest(store, subject),
    secondsToWait(store, subject),
  ]);
  return { proved, sentAt, wait };
}

/** Asks for a code to be sent to the number of a responsible person; at most one a minute. */
export async function requestPhoneCode(
  store: RootStore,
  filing: Pick<Filing, "id" | "ispId" | "accountId">,
  phone: Phone,
): Promise<PhoneCodeRequested> {
  const subject = subjectOf(filing, phone);
  const seconds = await secondsToWait(store, subject);
  if (seconds > 0) return { state: "too-soon", seconds };
  const counts = await Promise.all([
    countHit(store, perNumber, phone.number),
    countHit(store, perFiling, String(filing.id)),
    countHit(store, perAccount, String(filing.accountId)),
  ]);
  if (counts.some(({ over }) => over)) return { state: "too-many" };
  const request = { ...subject, ispId: filing.ispId, filingId: filing.id, channel: "sms" as const };
  const requested = await inTransaction(store, (inside) => requestCode(inside, request));
  return requested.state === "requested" ? { state: "requested" } : requested;
}

/** Tries a code; a right one is kept as the proof of the number. */
export async function provePhone(
  store: RootStore,
  filing: Pick<Filing, "id">,
  phone: Phone,
  typed: string,
): Promise<Checked> {
  return inTransaction(store, async (inside) => {
    const checked = await checkCode(inside, subjectOf(filing, phone), typed);
    if (checked.result === "ok") await recordProof(inside, filing, phone);
    return checked;
  });
}
