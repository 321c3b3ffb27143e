import type { Element } from "../../gateways/bureau/xml.ts";
import type { Draft } from "../drafts.ts";
import type { Event } from "../events.ts";
import { DeskRefused, type Office } from "../office.ts";
import { providersOf } from "../records.ts";
import type { FileKind } from "../state.ts";
import { timeText } from "../times.ts";
import { blacklistOrder } from "./blacklisting.ts";
import { baseCodes } from "./codes.ts";
import { copyDrafts } from "./copy.ts";
import { downloadXml } from "./download.ts";
import { inquiryEntry } from "./inquiry.ts";
import { inspectionEntry } from "./inspections.ts";
import { bulletinEntry, illegalEntry, unfiledEntry } from "./lists.ts";
import type { SendingOrder } from "./order-shapes.ts";
import { inspectedPlace, placeOf, siteIdsOf } from "./places.ts";

type OrderOf<Action extends SendingOrder["action"]> = Extract<SendingOrder, { action: Action }>;
/** What is sent, and what the bureau keeps of it. */
export type Sending = { drafts: Draft[]; kept?: Omit<Extract<Event, { type: "sent" }>, "type" | "files"> };

/** Zhejiang, where the demo is at home. */
const HOME = 330000;

/** Accounts to be told: the one that is named, or those of the providers (all where none are given). */
export function recipients(
  office: Office,
  wanted: number | undefined,
  providers?: readonly number[],
): number[] {
  const accounts = office.options.accounts.map(({ ispId }) => ispId);
  if (wanted !== undefined && !accounts.includes(wanted)) throw new DeskRefused("没有这个接入商。");
  const found = wanted === undefined ? accounts.filter((one) => providers?.includes(one) ?? true) : [wanted];
  if (found.length === 0) throw new DeskRefused("没有可以通知的接入商。");
  return found;
}

const now = (): number => Date.now();

/** The same for each recipient; what stands in one list may share a file with others of its kind. */
export const toEach = (
  ispIds: readonly number[],
  kind: FileKind,
  element: string,
  entry: Element,
  province = "",
): Draft[] => {
  const file = { kind, availableAt: now() };
  return ispIds.map((ispId) => ({ to: { ispId, province }, file, part: { element, entries: [entry] } }));
};

function inquire(office: Office, order: OrderOf<"inquire">): Sending {
  const { record } = placeOf(office, "subject", order.bureauId);
  const content = office.cabinet.contentOf(record);
  const drafts = recipients(office, order.ispId, providersOf(record)).flatMap((ispId) =>
    toEach([ispId], "inquiry", "HSRW", inquiryEntry(content, siteIdsOf(record, ispId)), record.province),
  );
  return { drafts };
}

function inspect(office: Office, order: OrderOf<"inspect">): Sending {
  const place = placeOf(office, order.of, order.bureauId);
  const entry = inspectionEntry(order.of, {
    ...inspectedPlace(office, place),
    reason: order.reason ?? "核查发现信息与实际不符",
    result: order.result ?? 1,
    at: timeText(now()),
  });
  const ispIds = recipients(office, order.ispId, providersOf(place.record));
  const { province } = place.record;
  // One finding a file: the element that holds them stands there once.
  return {
    drafts: ispIds.map((ispId) => ({
      to: { ispId, province },
      file: { kind: "inspection", availableAt: now() },
      xml: downloadXml(["ICP", [["HCJG", [entry]]]]),
    })),
  };
}

function bulletin(office: Office, { words, bureauId, ispId }: OrderOf<"bulletin">): Sending {
  if (bureauId === undefined) {
    const entry = bulletinEntry({ category: 0, words });
    return { drafts: toEach(recipients(office, ispId), "bulletin", "XGTZ", entry) };
  }
  const { record, site } = placeOf(office, "either", bureauId);
  const number = site?.number ?? record.number;
  const entry = bulletinEntry({ category: site ? 1 : 0, number, bureauId, words });
  const ispIds = recipients(office, ispId, providersOf(record));
  return { drafts: toEach(ispIds, "bulletin", "XGTZ", entry, record.province) };
}

function illegal(office: Office, order: OrderOf<"illegal">): Sending {
  const { domain, ip, accessProvider, province = HOME } = order;
  const { nextId: id } = office.state;
  const drafts = recipients(office, order.ispId).flatMap((ispId) => {
    const found = { id, domain, ip, accessProvider: accessProvider ?? ispId, province };
    return toEach([ispId], "illegal", "FFJRHMD", illegalEntry(found, timeText(now())), String(province));
  });
  return { drafts, kept: { nextId: id + 1 } };
}

function unfiled(office: Office, order: OrderOf<"unfiled">): Sending {
  const { domain, ip, operator = 1, province = HOME, checks = 1 } = order;
  const [ispId = 0] = recipients(office, order.ispId);
  const { nextId: id } = office.state;
  const site = { id, ispId, domain, ip, operator, province, checks };
  const entry = unfiledEntry(site, timeText(now()));
  return {
    drafts: toEach([ispId], "unfiled", "WBAWZLB", entry, String(province)),
    kept: { nextId: id + 1, unfiled: site },
  };
}

function codes(office: Office, { tables, change, ispId }: OrderOf<"codes">): Sending {
  const units = office.options.accounts.map((account) => ({ id: account.ispId, name: account.userName }));
  const changes = [...office.state.codes, ...change];
  const xml = downloadXml(baseCodes(units, tables, changes));
  const file = { kind: "codes" as const, availableAt: now() };
  return {
    drafts: recipients(office, ispId).map((one) => ({ to: { ispId: one, province: "" }, file, xml })),
    kept: { codes: change },
  };
}

function copy(office: Office, { of, perFile, ispId }: OrderOf<"copy">): Sending {
  const drafts = recipients(office, ispId).flatMap((one) => copyDrafts(office, one, of, perFile));
  if (drafts.length === 0) throw new DeskRefused("接入商没有备案信息。");
  return { drafts };
}

const SENDINGS: { [Action in SendingOrder["action"]]: (office: Office, order: OrderOf<Action>) => Sending } =
  {
    ...{ inquire, inspect, bulletin, blacklist: blacklistOrder, illegal, unfiled, codes, copy },
  };

/** Sends what the desk ordered. Throws `DeskRefused`. */
export function send(office: Office, order: SendingOrder): void {
  const sending = SENDINGS[order.action] as (office: Office, order: SendingOrder) => Sending;
  const { drafts, kept } = sending(office, order);
  office.record({ type: "sent", files: office.prepared(drafts), ...kept });
}
