import { initialValues } from "../../vocabulary/fields/index.ts";
import type { Actor } from "../actor.ts";
import { Conflict, NotFound, ProductFull } from "../errors.ts";
import { coverWebsites } from "../product/bind.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { mustBeWritable } from "./on-behalf.ts";
import { type Filing, lockFiling } from "./rows.ts";
import { refreshSummary } from "./save.ts";
import { addSection, removeSection, type StoredSection, sectionsOf } from "./sections.ts";

/** More websites in a filing, or accesses of a website, than this nobody reviews at once. */
export const MOST_SIBLINGS = 20;

/** Kinds to which websites and accesses are added: those of the others are copied from the record. */
export const takesSections = ({ kind }: Pick<Filing, "kind">): boolean => kind === "first" || kind === "add";

/** The filing locked and open for changes of its sections (row 2 of the table); throws NotFound, TransitionRefused, Conflict. */
async function lockOpen({ db }: Store, actor: Actor, filingId: number): Promise<Filing> {
  const filing = await lockFiling(db, filingId, actor);
  mustBeWritable(filing, actor);
  if (!takesSections(filing)) throw new Conflict(`a filing of kind ${filing.kind} keeps its sections`);
  return filing;
}

const websitesIn = (sections: readonly StoredSection[]) => sections.filter(({ kind }) => kind === "website");

const accessesIn = (sections: readonly StoredSection[], websiteId: number) =>
  sections.filter(({ parentId }) => parentId === websiteId);

/**
 * Adds a website with its first access. `seen` is how many websites the page showed: sent twice, it is added once.
 * Gives the place of the newest website, counted from 1. Throws Conflict when there are too many already, and ProductFull
 * when the filing's product carries no more.
 */
export async function addWebsite(
  store: RootStore,
  actor: Actor,
  { filingId, seen }: { filingId: number; seen: number },
): Promise<number> {
  return inTransaction(store, async (inside) => {
    const filing = await lockOpen(inside, actor, filingId);
    const { length } = websitesIn(await sectionsOf(inside, filing));
    if (length > seen) return length;
    if (length >= MOST_SIBLINGS) throw new Conflict(`${length} websites`);
    // What most websites have; nothing of it is personal, so it may lie there unsealed.
    const website = await addSection(inside.db, filing, "website", null, initialValues.website);
    await addSection(inside.db, filing, "access", website.id);
    if (!(await coverWebsites(inside, filing))) throw new ProductFull("no place for another website");
    return length + 1;
  });
}

/** Adds an access to a website; as `addWebsite`. */
export async function addAccess(
  store: RootStore,
  actor: Actor,
  { filingId, websiteId, seen }: { filingId: number; websiteId: number; seen: number },
): Promise<number> {
  return inTransaction(store, async (inside) => {
    const filing = await lockOpen(inside, actor, filingId);
    const sections = await sectionsOf(inside, filing);
    if (!websitesIn(sections).some(({ id }) => id === websiteId))
      throw new NotFound(`no website ${websiteId}`);
    const { length } = accessesIn(sections, websiteId);
    if (length > seen) return length;
    if (length >= MOST_SIBLINGS) throw new Conflict(`${length} accesses`);
    await addSection(inside.db, filing, "access", websiteId);
    return length + 1;
  });
}

/**
 * Takes a website with its accesses and pictures, or an access, out of a filing. The last website of a filing and the
 * last access of a website stay (Conflict): a first filing has at least one of each.
 */
export async function dropSection(
  store: RootStore,
  actor: Actor,
  { filingId, sectionId }: { filingId: number; sectionId: number },
): Promise<void> {
  await inTransaction(store, async (inside) => {
    const filing = await lockOpen(inside, actor, filingId);
    const sections = await sectionsOf(inside, filing);
    const section = sections.find(({ id, kind }) => id === sectionId && kind !== "subject");
    if (!section) throw new NotFound(`no section ${sectionId} that can be removed`);
    const siblings =
      section.parentId === null ? websitesIn(sections) : accessesIn(sections, section.parentId);
    if (siblings.length < 2) throw new Conflict("the last one stays");
    await inside.db`
      update materials set retired_at = now()
      where filing_id = ${filing.id} and section_id = ${sectionId} and retired_at is null`;
    await removeSection(inside.db, filing, sectionId);
    await coverWebsites(inside, filing);
    await refreshSummary(inside, filing);
  });
}
