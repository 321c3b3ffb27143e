import { isoDate } from "../../lib/dates.ts";
import { check } from "../../rules/index.ts";
import type { Finding, RuleContext } from "../../rules/types.ts";
import type { FilingData, Section } from "../../vocabulary/filing.ts";
import { inCodesOf } from "../code-table/in-force.ts";
import { usedElsewhere } from "../evidence/elsewhere.ts";
import { holdsOf } from "../filing/findings.ts";
import { type Hold, heldByOthers } from "../filing/holds.ts";
import { ruleInForce } from "../province-rule/in-force.ts";
import { onRecord } from "../record/on-record.ts";
import { certificateHash } from "../record/write.ts";
import type { Store } from "../store.ts";
import { wordsInForce } from "../word-list/in-force.ts";
import { columnOf } from "./columns.ts";
import type { RowFiling, RowFinding } from "./read.ts";

export type Owner = { accountId: number; ispId: number };

/** What the rules ask of the provider and the day, once for a whole table. */
export type Ground = {
  ispRanges: RuleContext["ipRanges"];
  ispName: string;
  today: string;
  words: RuleContext["words"];
};

export async function groundOf({ db }: Store, ispId: number): Promise<Ground> {
  const ispRanges = await db<{ first: string; last: string }[]>`
    select host(first_ip) as first, host(last_ip) as last from isp_ip_ranges where isp_id = ${ispId}`;
  const [isp] = await db<{ name: string }[]>`select name from isps where id = ${ispId}`;
  const words = await wordsInForce(db, ispId);
  return { ispRanges: [...ispRanges], ispName: isp?.name ?? "", today: isoDate(new Date()), words };
}

/** The subject of this certificate on record here with the account: then the filing is a 新增网站. */
export async function ownSubject(store: Store, owner: Owner, filing: RowFiling): Promise<number | null> {
  const { certType, certNo } = filing.subject;
  if (!certType || !certNo) return null;
  const [row] = await store.db<{ id: number }[]>`
    select id from subjects
    where isp_id = ${owner.ispId} and account_id = ${owner.accountId} and cancelled_at is null
      and certificate_hash = ${certificateHash(store, String(certType), String(certNo))}
    order by id limit 1`;
  return row?.id ?? null;
}

/** The subject is section 1, then each website with its access. */
const websiteId = (at: number): number => 2 + at * 2;

function sketch({ subject, websites }: RowFiling, subjectId: number | null): FilingData {
  const section = (kind: Section["kind"], id: number, position: number, values: Section["values"]) => ({
    ...{ kind, id, position, values },
  });
  const known = subjectId === null ? {} : { recordId: subjectId, open: false };
  return {
    kind: subjectId === null ? "first" : "add",
    subject: { ...section("subject", 1, 1, subject), ...known },
    websites: websites.map(({ website, access }, at) => ({
      ...section("website", websiteId(at), at + 1, website),
      accesses: [section("access", websiteId(at) + 1, 1, access)],
    })),
    materials: [],
  };
}

const byKind = (holds: readonly Hold[]): RuleContext["openConflicts"] => ({
  certificate: holds.some(({ kind }) => kind === "certificate"),
  domains: holds.filter(({ kind }) => kind === "domain").map(({ value }) => value),
});

/** Without what only the draft itself can have: pictures, and what is for the reviewer alone. */
async function found(store: Store, owner: Owner, ground: Ground, data: FilingData): Promise<Finding[]> {
  const { recordId = null, values } = data.subject;
  const place = { id: 0, ispId: owner.ispId, subjectId: recordId };
  const holds = holdsOf(data);
  const province = String(values.province ?? "") || null;
  const context: RuleContext = {
    province: await ruleInForce(store.db, owner.ispId, province),
    ipRanges: ground.ispRanges,
    today: ground.today,
    openConflicts: byKind(await heldByOthers(store, place, holds)),
    onRecord: byKind(await onRecord(store, place, holds)),
    ispName: ground.ispName,
    words: ground.words,
    elsewhere: await usedElsewhere(store, place, data, holds),
  };
  const wanted = { ispId: owner.ispId, about: { province } };
  const findings = await inCodesOf(store.db, wanted, () => check(data, context));
  return findings.filter(({ slot, severity }) => slot === undefined && severity !== "check");
}

/** Without these right no filing is opened, as on the form that opens one. */
const opening = ["subject.nature", "subject.certType", "subject.certNo", "website.domains"];

const stops = ({ severity, confirmable, section, field }: Finding): boolean =>
  severity === "error" && !confirmable && opening.includes(`${section.kind}.${field}`);

/** Numbers as long as those of people and papers show their first and last characters only. */
const masked = (message: string): string =>
  message.replace(/\d[\dX]{10,}/gi, (number) => `${number.slice(0, 3)}***${number.slice(-2)}`);

/** The filing with all that the rules find in it, each beside the row and column it stands in. */
export async function checked(
  store: Store,
  owner: Owner,
  ground: Ground,
  filing: RowFiling,
): Promise<RowFiling & { kind: "first" | "add" }> {
  const data = sketch(filing, await ownSubject(store, owner, filing));
  const findings = await found(store, owner, ground, data);
  const more = findings.map((one): RowFinding => {
    const at = one.section.kind === "subject" ? 0 : Math.floor((one.section.id - 2) / 2);
    return {
      row: filing.websites[at]?.row ?? filing.row,
      column: columnOf(one.section.kind, one.field),
      message: masked(one.message),
      severity: one.severity === "error" ? "error" : "warning",
    };
  });
  const all = [...filing.findings, ...more].sort((a, b) => a.row - b.row);
  const blocked = filing.blocked || findings.some(stops);
  return { ...filing, findings: all, blocked, kind: data.kind === "add" ? "add" : "first" };
}
