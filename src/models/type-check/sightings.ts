import type { BeianStatus, BureauLookups } from "../../gateways/bureau/lookups.ts";
import { parseIcpNumber } from "../../vocabulary/icp-number.ts";
import { bureauAccount } from "../bureau/account.ts";
import { type Bureau, defaultBureau } from "../bureau/rows.ts";
import { certificateHash } from "../record/write.ts";
import type { Store } from "../store.ts";
import type { Evidence } from "./paths.ts";

/** What is asked about; the domain in ASCII. */
export type Question = { certType: string; certNo: string; domain: string };

/** Numbers and names that were found: for the page and the forms, kept sealed. */
export type Found = { subjectNumber?: string; websiteNumber?: string; websiteName?: string };

export type Sightings = {
  evidence: Evidence;
  found: Found;
  bureau: "answered" | "silent" | "none";
  /** The subject of the certificate on record with this account. */
  subjectId: number | null;
};

type Asker = { ispId: number; accountId: number };
type Recorded = { subjectId: number; own: boolean };

/**
 * Looks into the provider's records and asks the bureau, both at once. Opens nothing and locks nothing. No province is
 * known yet, so the default bureau is asked; a 备案密码 is asked of the bureau of its number's province (`askPassword`).
 */
export async function lookAround(
  store: Store,
  lookups: BureauLookups,
  asker: Asker,
  question: Question,
): Promise<Sightings> {
  const bureau = await defaultBureau(store.db, asker.ispId);
  const [certificate, domain, answers] = await Promise.all([
    recordOfCertificate(store, asker, question),
    recordOfDomain(store, asker, question.domain),
    bureau ? askBureau(store, lookups, bureau, question) : undefined,
  ]);
  const { ofCertificate, ofDomain, failures = [] } = answers ?? {};
  const own = certificate?.own ? certificate.subjectId : null;
  return {
    evidence: {
      certificate: sighting(certificate, ofCertificate),
      domain: sighting(domain, ofDomain),
      owner: ownerOf(certificate, domain, ofCertificate, ofDomain),
      failures,
    },
    found: foundIn(ofCertificate, ofDomain),
    bureau: bureau ? (failures.length > 0 ? "silent" : "answered") : "none",
    subjectId: own,
  };
}

/** The account's own record first: a certificate may be on record in several accounts. */
async function recordOfCertificate(
  store: Store,
  { ispId, accountId }: Asker,
  { certType, certNo }: Question,
): Promise<Recorded | undefined> {
  const [row] = await store.db<Recorded[]>`
    select id as subject_id, account_id = ${accountId} as own from subjects
    where isp_id = ${ispId} and certificate_hash = ${certificateHash(store, certType, certNo)} and cancelled_at is null
    order by own desc, id limit 1`;
  return row;
}

async function recordOfDomain(
  { db }: Store,
  { ispId, accountId }: Asker,
  domain: string,
): Promise<Recorded | undefined> {
  const [row] = await db<Recorded[]>`
    select s.id as subject_id, s.account_id = ${accountId} as own
    from domains d join websites w on w.id = d.website_id join subjects s on s.id = w.subject_id
    where d.isp_id = ${ispId} and d.domain = ${domain} and d.cancelled_at is null limit 1`;
  return row;
}

type Answers = {
  ofCertificate: BeianStatus | undefined;
  ofDomain: BeianStatus | undefined;
  failures: string[];
};

/** Most milliseconds that both questions take, asked at once. */
const TIME = 2000;

async function askBureau(
  { vault }: Store,
  lookups: BureauLookups,
  bureau: Bureau,
  { certType, certNo, domain }: Question,
): Promise<Answers> {
  const account = bureauAccount({ vault }, bureau);
  const failures: string[] = [];
  const ask = (type: number, condition: string) =>
    lookups.queryBeianStatus(account, { type, condition }, { timeoutMs: TIME }).catch((error: unknown) => {
      failures.push(failureOf(error));
      return undefined;
    });
  const [ofCertificate, ofDomain] = await Promise.all([ask(Number(certType), certNo), ask(0, domain)]);
  return { ofCertificate, ofDomain, failures };
}

/** Why there is no answer (`LookupFailed` of the gateway); any other error is a mistake of ours and goes on. */
export function failureOf(error: unknown): string {
  if (error instanceof Error && error.name === "LookupFailed" && "failure" in error)
    return String(error.failure);
  throw error;
}

const sighting = (recorded: Recorded | undefined, status: BeianStatus | undefined) => ({
  here: recorded !== undefined,
  own: recorded?.own ?? false,
  filed: status?.filed ?? null,
});

/** By our records where both are there, else by the numbers that the bureau gave for both. */
function ownerOf(
  certificate: Recorded | undefined,
  domain: Recorded | undefined,
  ofCertificate: BeianStatus | undefined,
  ofDomain: BeianStatus | undefined,
): Evidence["owner"] {
  if (domain) return domain.subjectId === certificate?.subjectId ? "same" : "other";
  const [one, other] = [ofCertificate, ofDomain].map((status) => serialOf(status?.subjectNumber));
  if (!one || !other) return "unknown";
  return one === other ? "same" : "other";
}

/** What two spellings of a subject's number share: 浙 and its digits. */
export function serialOf(number: string | undefined): string | undefined {
  const parsed = number ? parseIcpNumber(number) : undefined;
  return parsed && `${parsed.sign}${parsed.kind}${parsed.serial}`;
}

function foundIn(ofCertificate: BeianStatus | undefined, ofDomain: BeianStatus | undefined): Found {
  const subjectNumber = ofCertificate?.subjectNumber ?? ofDomain?.subjectNumber;
  const { websiteNumber, websiteName } = ofDomain ?? {};
  return {
    ...(subjectNumber && { subjectNumber }),
    ...(websiteNumber && { websiteNumber }),
    ...(websiteName && { websiteName }),
  };
}
