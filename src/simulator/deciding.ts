import { type Approval, approve, goneCode } from "./approvals.ts";
import { toldOthers } from "./cancelling.ts";
import { wordsOf } from "./checks.ts";
import type { Content } from "./content.ts";
import type { Draft } from "./drafts.ts";
import { newPassword } from "./numbers.ts";
import type { Office } from "./office.ts";
import type { SubjectRecord } from "./records.ts";
import { decision, numbers } from "./results.ts";
import { FIXED_PASSWORD } from "./settings.ts";
import type { Filing } from "./state.ts";

/** An operation decided: what it is now, what is on record after it, and what its provider and others are to be told. */
export type Decided = { filing: Filing; record?: SubjectRecord; nextId?: number; drafts: Draft[] };

const APPROVAL_WORDS = "审核通过（演示）";

/** What is decided on an operation, and when. */
export type Verdict = { approved: boolean; words: string; at: number };

/** Approves what waits, or returns it with words. What was cancelled meanwhile can only be returned. */
export function decided(office: Office, filing: Filing, { approved, words, at }: Verdict): Decided {
  const gone = goneCode(filing, office.state.records.get(filing.recordId ?? 0));
  if (approved && gone === undefined) return approvedNow(office, filing, at);
  const said = approved && gone !== undefined ? wordsOf(gone) : words.trim();
  const returned: Filing = { ...filing, state: "returned", words: said, decidedAt: at };
  return { filing: returned, drafts: [decisionDraft(returned, at)] };
}

function approvedNow(office: Office, filing: Filing, at: number): Decided {
  const { cabinet, state } = office;
  const known = state.records.get(filing.recordId ?? 0);
  const before = known && { record: known, content: cabinet.contentOf(known) };
  const given = { filing, entry: cabinet.entryOf(filing), before, password: passwordFor(office) };
  const approval = approve(state, given, at);
  cabinet.keepContent(approval.record, approval.content);
  const { record, siteIds, nextId } = approval;
  const approved: Filing = {
    ...filing,
    ...{ state: "approved", words: APPROVAL_WORDS, decidedAt: at, siteIds },
    ...{ number: record.number, recordId: record.id },
    numbered: siteIds.length === 0 || state.settings.numbers !== "withheld",
  };
  const drafts = [
    ...approvalDrafts(office, approved, approval, at),
    ...toldOthers(office, filing, known, at),
  ];
  return { filing: approved, record, nextId, drafts };
}

/** 备案密码 of a new record. */
export const passwordFor = ({ state }: Office): string =>
  state.settings.passwords === "fixed" ? FIXED_PASSWORD : newPassword();

/** The result, and the record with the numbers after or before it as the bureau is set. */
function approvalDrafts(
  { state }: Office,
  filing: Filing,
  { content, siteIds }: Approval,
  at: number,
): Draft[] {
  const { numbers: when, numbersDelayMs } = state.settings;
  if (siteIds.length === 0 || when === "withheld") return [decisionDraft(filing, at)];
  const later = at + numbersDelayMs;
  return when === "before"
    ? [numbersDraft(filing, content, at), decisionDraft(filing, later)]
    : [decisionDraft(filing, at), numbersDraft(filing, content, later)];
}

const decisionDraft = (filing: Filing, availableAt: number): Draft => ({
  to: filing,
  file: { kind: "result", availableAt },
  part: decision(filing, filing.decidedAt ?? availableAt),
});

/** The record with the numbers of what was approved. */
export const numbersDraft = (filing: Filing, content: Content, availableAt: number): Draft => ({
  to: filing,
  file: { kind: "numbers", availableAt },
  part: numbers(content, filing.ispId, filing.siteIds ?? []),
});
