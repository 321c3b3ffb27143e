import { type cancelCodes, operationCodes } from "../gateways/bureau/index.ts";
import { type Content, withoutAccess, withoutSite } from "./content.ts";
import type { Draft } from "./drafts.ts";
import type { Office } from "./office.ts";
import { providersOf, recordOf, type SubjectRecord } from "./records.ts";
import { cancellations } from "./results.ts";
import { type Filing, standingRecords } from "./state.ts";

type Cancelled = { of: keyof typeof cancelCodes; bureauId: number; remark: string };

const { cancel } = operationCodes;

/** Providers with an account here that are to be told. */
function draftsFor(
  { options }: Office,
  { province }: SubjectRecord,
  providers: number[],
  cancelled: Cancelled,
  at: number,
): Draft[] {
  const part = cancellations([cancelled]);
  return options.accounts
    .filter(({ ispId }) => providers.includes(ispId))
    .map(({ ispId }) => ({ to: { ispId, province }, file: { kind: "cancelled", availableAt: at }, part }));
}

/** Providers that have an access to what is cancelled. */
function concerned(record: SubjectRecord, { of, bureauId }: Cancelled): number[] {
  if (of === "subject") return providersOf(record);
  const sites = record.sites.map((site) =>
    of === "access" ? { ...site, accesses: site.accesses.filter(({ id }) => id === bureauId) } : site,
  );
  return providersOf({ sites: of === "website" ? sites.filter(({ id }) => id === bureauId) : sites });
}

/** What one provider cancelled the others hear of: they must cut their access too. */
export function toldOthers(
  office: Office,
  { operation, targetId = 0, ispId }: Filing,
  before: SubjectRecord | undefined,
  at: number,
): Draft[] {
  const of = ({ [cancel.subject]: "subject", [cancel.website]: "website" } as const)[operation];
  if (!of || !before) return [];
  const cancelled = { of, bureauId: targetId, remark: "主办者已通过其他接入商注销" };
  const others = concerned(before, cancelled).filter((one) => one !== ispId);
  return draftsFor(office, before, others, cancelled, at);
}

const REMOVED: Record<keyof typeof cancelCodes, (content: Content, bureauId: number) => Content> = {
  subject: (content) => content,
  website: withoutSite,
  access: withoutAccess,
};

/** The bureau cancels by itself; undefined where nothing of that id is on record. */
export function cancelledByBureau(
  office: Office,
  cancelled: Cancelled,
): { record: SubjectRecord; content: Content; drafts: Draft[] } | undefined {
  const { of, bureauId } = cancelled;
  const before = standingRecords(office.state).find(({ id, sites }) => {
    if (of === "subject") return id === bureauId;
    const ids = of === "website" ? sites : sites.flatMap(({ accesses }) => accesses);
    return ids.some((one) => one.id === bureauId);
  });
  if (!before) return undefined;
  const content = REMOVED[of](office.cabinet.contentOf(before), bureauId);
  const record = recordOf(content, { ...before, cancelled: of === "subject" });
  const drafts = draftsFor(office, before, concerned(before, cancelled), cancelled, Date.now());
  return { record, content, drafts };
}
