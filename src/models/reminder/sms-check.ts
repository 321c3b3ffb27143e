import { derivedId } from "../../lib/ids.ts";
import { maskPhone } from "../../vocabulary/masking.ts";
import { phonesOf } from "../filing/phones.ts";
import { type Filing, maybeFiling } from "../filing/rows.ts";
import { sectionTree } from "../filing/sections.ts";
import { transition } from "../filing/transition.ts";
import { noticeRegistrant } from "../notice/registrant.ts";
import { inTransaction, type RootStore } from "../store.ts";

const isPending = (filing: Filing | undefined): filing is Filing & { smsUntil: Date } =>
  filing?.state === "sms_pending" && filing.smsUntil !== null;

/** Row 22: the 24 hours have passed, the filing is taken to be at the bureau. False when there is nothing to end. */
export async function endSmsCheck(root: RootStore, filingId: number): Promise<boolean> {
  const filing = await maybeFiling(root.db, filingId);
  if (!isPending(filing) || !(await hasPassed(root, filing.smsUntil))) return false;
  await transition(root, {
    filingId,
    action: "finish-sms-check",
    actor: { kind: "system" },
    requestId: derivedId("sms-end", filingId, filing.smsUntil.toISOString()),
    input: { detail: { after: "24h" } },
  });
  return true;
}

/** Tells the registrant before the check runs out, once an upload; false when it is over or was told. */
export async function remindSmsCheck(root: RootStore, filingId: number): Promise<boolean> {
  const filing = await maybeFiling(root.db, filingId);
  if (!isPending(filing) || (await hasPassed(root, filing.smsUntil))) return false;
  await inTransaction(root, async (store) => {
    const phones = phonesOf(await sectionTree(store, filing)).map(({ number }) => maskPhone(number));
    const until = filing.smsUntil;
    const cause = `sms-reminder:${filing.id}:${until.toISOString()}`;
    await noticeRegistrant(store, filing, "sms-check-reminder", { until, phones }, cause);
  });
  return true;
}

async function hasPassed({ db }: RootStore, until: Date): Promise<boolean> {
  const [row] = await db<{ passed: boolean }[]>`select ${until}::timestamptz <= now() as passed`;
  return row?.passed ?? false;
}
