import { CONFIRMED } from "../../rules/confirm.ts";
import { initialValues } from "../../vocabulary/fields/index.ts";
import type { Scope, SectionKind, Values } from "../../vocabulary/filing.ts";
import { NotFound } from "../errors.ts";
import { openRecord, type RecordTree } from "../record/tree.ts";
import type { Store } from "../store.ts";
import { copySection } from "./copy-section.ts";
import type { Checked, NewFiling } from "./create.ts";
import type { Filing } from "./rows.ts";
import { save } from "./save.ts";
import { addSection } from "./sections.ts";

/** Writes the sections that a filing of its kind begins with, those of the record copied; the filing was just made. */
export function writeStartingSections(store: Store, filing: Filing, wanted: NewFiling): Promise<void> {
  const place = { store, filing };
  switch (wanted.kind) {
    case "first":
      return fromNothing(place, wanted, {});
    case "add":
      return "certNo" in wanted
        ? fromNothing(place, wanted, { number: wanted.number })
        : addToRecord(place, wanted);
    case "join":
      return join(place, wanted);
    default:
      return fromRecord(place, wanted);
  }
}

type Place = { store: Store; filing: Filing };

/** A subject of its own, one website, one access. */
async function fromNothing(place: Place, checked: Checked, more: Values): Promise<void> {
  await addFilled(place, "subject", null, { ...firstSubject(checked), ...more });
  await addSite(place, checked.domain);
}

async function addToRecord(place: Place, { subjectId, domain }: { subjectId: number; domain: string }) {
  const record = await openRecord(place.store, place.filing, subjectId);
  await copySection(place.store, place.filing, "subject", record, null);
  await addSite(place, domain);
}

async function addSite(place: Place, domain: string): Promise<void> {
  const website = await addFilled(place, "website", null, firstWebsite(domain));
  await addSection(place.store.db, place.filing, "access", website);
}

/** What is filed elsewhere is named, not filled in again; only the access is ours. */
async function join(place: Place, wanted: Extract<NewFiling, { kind: "join" }>): Promise<void> {
  const { store, filing } = place;
  if (wanted.subjectId !== undefined)
    await copySection(store, filing, "subject", await openRecord(store, filing, wanted.subjectId), null);
  else await addFilled(place, "subject", null, { ...firstSubject(wanted), name: wanted.name });
  const site: Values = {
    number: wanted.number,
    siteName: wanted.siteName,
    domains: [wanted.domain],
    samePerson: "1",
  };
  const website = await addFilled(place, "website", null, site);
  await addSection(store.db, filing, "access", website);
}

/** A change or a cancellation: what it is about, with everything that the bureau wants to see beside it. */
async function fromRecord(
  { store, filing }: Place,
  wanted: Extract<NewFiling, { scope: Scope }>,
): Promise<void> {
  const { kind, subjectId, scope, targetId } = wanted;
  const record = await openRecord(store, filing, subjectId);
  if (!holdsTarget(record, scope, targetId)) throw new NotFound(`no ${scope} ${targetId} in this record`);
  await copySection(store, filing, "subject", record, null);
  for (const website of concerned(record, scope, targetId)) {
    const site = await copySection(store, filing, "website", website, null);
    for (const access of website.accesses) await copySection(store, filing, "access", access, site);
  }
  if (kind === "cancel") await addSection(store.db, filing, "cancellation", null);
}

/** The websites of a record that a change or cancellation shows: all of a subject, else the one it is about. */
const concerned = ({ websites }: RecordTree, scope: Scope, targetId: number): RecordTree["websites"] =>
  websites.filter(
    ({ id, accesses }) =>
      scope === "subject" ||
      (scope === "website" ? id === targetId : accesses.some((one) => one.id === targetId)),
  );

const holdsTarget = (record: RecordTree, scope: Scope, targetId: number): boolean =>
  scope === "subject" ? record.id === targetId : concerned(record, scope, targetId).length > 0;

async function addFilled(
  { store, filing }: Place,
  kind: SectionKind,
  parentId: number | null,
  values: Values,
): Promise<number> {
  const { id } = await addSection(store.db, filing, kind, parentId);
  await save(store, filing, { id, kind }, values);
  return id;
}

const firstSubject = ({ nature, certType, certNo, confirmed = [] }: Checked): Values => ({
  ...initialValues.subject,
  nature,
  certType,
  certNo,
  ...(confirmed.length > 0 ? { [CONFIRMED]: [...confirmed] } : {}),
});

const firstWebsite = (domain: string): Values => ({
  ...initialValues.website,
  domains: [domain],
  homePages: [`www.${domain}`],
});
