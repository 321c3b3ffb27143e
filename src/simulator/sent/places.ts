import { child, childrenOf, type Tree, textAt } from "../../gateways/bureau/xml.ts";
import { DeskRefused, type Office } from "../office.ts";
import { providersOf, type RecordAccess, type RecordSite, type SubjectRecord } from "../records.ts";
import { standingRecords } from "../state.ts";
import type { Inspected, InspectedPlace } from "./inspections.ts";

/** Something on record, with what it stands in. */
export type Place = {
  record: SubjectRecord;
  site?: RecordSite | undefined;
  access?: RecordAccess | undefined;
};

/** Everything of a record that can be meant: itself, a website, an access. `either`: itself or a website. */
const PLACES: Record<Inspected | "either", (record: SubjectRecord) => Place[]> = {
  subject: (record) => [{ record }],
  website: (record) => record.sites.map((site) => ({ record, site, access: site.accesses[0] })),
  liveness: (record) => record.sites.map((site) => ({ record, site })),
  access: (record) =>
    record.sites.flatMap((site) => site.accesses.map((access) => ({ record, site, access }))),
  either: (record) => [{ record }, ...record.sites.map((site) => ({ record, site }))],
};

const idOf = (of: Inspected | "either", { record, site, access }: Place): number | undefined => {
  if (of === "access") return access?.id;
  return of === "subject" ? record.id : (site?.id ?? record.id);
};

/** What is meant by an id; without one, the newest that a provider with an account has. Throws `DeskRefused`. */
export function placeOf(office: Office, of: Inspected | "either", bureauId: number | undefined): Place {
  const accounts = office.options.accounts.map(({ ispId }) => ispId);
  const places = standingRecords(office.state).reverse().flatMap(PLACES[of]);
  const found = places.find((place) =>
    bureauId === undefined
      ? providersOf(place.record).some((ispId) => accounts.includes(ispId))
      : idOf(of, place) === bureauId,
  );
  if (!found) throw new DeskRefused("没有这条备案信息。");
  return found;
}

/** Websites to which a provider has an access; all of them for one that has none. */
export function siteIdsOf(record: SubjectRecord, ispId: number): number[] {
  const own = record.sites.filter(({ accesses }) => accesses.some((access) => access.ispId === ispId));
  return (own.length > 0 ? own : record.sites).map(({ id }) => id);
}

const byId = (trees: Tree[], name: string, id: number | undefined): Tree | undefined =>
  trees.find((tree) => textAt(tree, name) === String(id));

/** The same as it stands on record. */
export function inspectedPlace(
  office: Office,
  { record, site, access }: Place,
): Pick<InspectedPlace, "subject" | "site" | "access"> {
  const content = office.cabinet.contentOf(record);
  const siteTree = byId(childrenOf(content, "Wz_xx"), "Wzid", site?.id);
  return {
    subject: child(content, "Zt_xx") as Tree,
    site: siteTree,
    access: byId(childrenOf(siteTree, "Jr_xx"), "Jrid", access?.id),
  };
}
