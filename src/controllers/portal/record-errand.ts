import type { Target } from "../../forms/record-change.ts";
import type { FormBody } from "../../lib/form-body.ts";
import { requestIdIn } from "../../middleware/body.ts";
import type { Ctx } from "../../middleware/env.ts";
import { createFiling, type Taken } from "../../models/filing/create.ts";
import { passwordHash } from "../../models/filing/icp-password.ts";
import type { Filing, ListedFiling } from "../../models/filing/rows.ts";
import { openFilingOfRecord } from "../../models/record/filings.ts";
import { openRecord, type RecordTree } from "../../models/record/tree.ts";
import { listOf, textOf } from "../../vocabulary/fields/index.ts";
import { kindName } from "../../vocabulary/filing.ts";
import { applicant } from "../applicant.ts";
import type { Deps } from "../deps.ts";
import { writer } from "../desk.ts";
import { recordIdOf } from "./records.ts";

/** A record in force of this account, with the filing that is under way on it, if any. */
export async function recordAsked(
  c: Ctx,
  deps: Deps,
): Promise<{ record: RecordTree; open: ListedFiling | undefined }> {
  const actor = applicant(c);
  const record = await openRecord(deps, actor, recordIdOf(c));
  return { record, open: await openFilingOfRecord(deps.db, actor, record.id) };
}

/** Opens the filing; the 备案密码 is kept as its hash alone. Sent twice it makes one. */
export function beginErrand(
  c: Ctx,
  deps: Deps,
  kind: "change" | "cancel",
  record: RecordTree,
  { target, password, body }: { target: Target; password: string; body: FormBody },
): Promise<Filing | Taken> {
  const actor = applicant(c);
  const { scope, targetId } = target;
  return createFiling(deps, writer(c), {
    ...{ kind, scope, targetId, subjectId: record.id },
    ...{ accountId: actor.accountId, ispId: actor.ispId },
    ...(password ? { passwordHash: passwordHash(password) } : {}),
    requestId: requestIdIn(c, body, kind, scope, String(targetId)),
  });
}

/** A record for choosing from: its websites with their accesses, by name. */
export const choiceOf = (record: RecordTree) => ({
  id: record.id,
  name: textOf(record.values, "name"),
  number: textOf(record.values, "number"),
  websites: record.websites.map(websiteChoice),
});

export const websiteChoice = ({ id, values, accesses }: RecordTree["websites"][number]) => ({
  ...{ id, name: textOf(values, "siteName"), number: textOf(values, "number") },
  domains: listOf(values, "domains").join("、"),
  accesses: accesses.map((access) => ({ id: access.id, ips: listOf(access.values, "ips").join("、") })),
});

/** The filing that is under way, as a page names it. */
export const openChoice = (open: ListedFiling | undefined) =>
  open && { number: open.number, kind: kindName(open) };
