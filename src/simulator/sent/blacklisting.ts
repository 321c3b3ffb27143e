import { DeskRefused, type Office } from "../office.ts";
import { certificateDigest } from "../records.ts";
import type { BlacklistRow } from "../state.ts";
import { type Blacklisted, blacklistEntry } from "./lists.ts";
import type { SendingOrder } from "./order-shapes.ts";
import { recipients, type Sending, toEach } from "./orders.ts";

type Order = Extract<SendingOrder, { action: "blacklist" }>;

/** A website has domains, a subject a document. */
function entryOf({ change, name, domains, homePage, nature, certType, certNumber }: Order): Blacklisted {
  if (domains) return { of: "website", change, name, domains, ...(homePage ? { homePage } : {}) };
  if (!certNumber) throw new DeskRefused("请填写证件号码，或者网站的域名。");
  const document = { certType: certType ?? 1, certNumber };
  return { of: "subject", change, name, ...document, ...(nature ? { nature } : {}) };
}

/** What is kept of it: of a subject the digest of its document. */
const rowOf = (entry: Blacklisted): BlacklistRow =>
  entry.of === "website"
    ? { of: "website", name: entry.name, domains: entry.domains }
    : {
        ...{ of: "subject", name: entry.name },
        certificate: certificateDigest(String(entry.certType), entry.certNumber),
      };

/** 黑名单: told to everybody, and held against new filings from now on (1064, 1065). */
export function blacklistOrder(office: Office, order: Order): Sending {
  const entry = entryOf(order);
  return {
    drafts: toEach(recipients(office, order.ispId), "blacklist", "HMDLB", blacklistEntry(entry)),
    kept: { blacklist: { gone: order.change === "delete", row: rowOf(entry) } },
  };
}
