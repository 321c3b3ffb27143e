import { listOf, textOf } from "../../vocabulary/fields/display.ts";
import type { Values } from "../../vocabulary/filing.ts";
import type { Registrant, Staff } from "../actor.ts";
import type { Taken } from "../filing/create.ts";
import { holdsOf } from "../filing/findings.ts";
import { heldByOthers } from "../filing/holds.ts";
import { mustBeWritable } from "../filing/on-behalf.ts";
import { type Filing, lockFiling } from "../filing/rows.ts";
import { save } from "../filing/save.ts";
import { arrange, sectionsOf, sectionTree } from "../filing/sections.ts";
import { onRecord } from "../record/on-record.ts";
import { inTransaction, type RootStore, type Store } from "../store.ts";
import { type Opening, pathFor } from "./paths.ts";
import { openChoices, type TypeCheck } from "./rows.ts";

/** The path that a filing went: what a new check is compared with. */
export function pathTaken({ kind, subjectId }: Pick<Filing, "kind" | "subjectId">): Opening | undefined {
  if (kind === "first" || kind === "join") return kind;
  return kind === "add" ? (subjectId === null ? "add_elsewhere" : "add_here") : undefined;
}

/** Whether a new check leads the same way. */
export function leadsTo(check: TypeCheck, taken: Opening): boolean {
  return openChoices(check).includes(taken) || pathFor(check.evidence) === taken;
}

/**
 * Puts the values of a new check in the place of those of the filing, under its lock and with its holds; the new check
 * counts from then on. Gives what another filing or record has, and then changes nothing. Throws NotFound and
 * TransitionRefused.
 */
export async function replaceChecked(
  store: RootStore,
  actor: Registrant | Staff,
  { id }: Pick<Filing, "id">,
  check: TypeCheck,
): Promise<Taken | undefined> {
  try {
    await inTransaction(store, async (inside) => {
      const filing = await lockFiling(inside.db, id, actor);
      mustBeWritable(filing, actor);
      await writeValues(inside, filing, check);
      const holds = holdsOf(await sectionTree(inside, filing));
      const taken = await heldByOthers(inside, filing, holds);
      const recorded = await onRecord(inside, filing, holds);
      if (taken.length + recorded.length > 0)
        throw new HeldElsewhere({
          taken: taken.map(({ kind }) => kind),
          recorded: recorded.map(({ kind }) => kind),
        });
      await inside.db`
        update type_checks set filing_id = ${id}, chosen = ${pathTaken(filing) ?? null}, password = (
          select password from type_checks where filing_id = ${id} order by created_at desc limit 1)
        where id = ${check.id}`;
    });
    return undefined;
  } catch (error) {
    if (error instanceof HeldElsewhere) return error.taken;
    throw error;
  }
}

/** Rolls everything back; never leaves this file. */
class HeldElsewhere extends Error {
  readonly taken: Taken;
  constructor(taken: Taken) {
    super("held elsewhere");
    this.taken = taken;
  }
}

async function writeValues(store: Store, filing: Filing, { inputs }: TypeCheck): Promise<void> {
  const { subject, websites } = arrange(await sectionsOf(store, filing));
  const { nature, certType, certNo, domain } = inputs;
  if (subject.open) await save(store, filing, subject, { ...subject.values, nature, certType, certNo });
  const [site] = websites;
  if (site && site.open !== false) await save(store, filing, site, withDomain(site.values, domain));
}

/** The first domain is another one; a home page that was made of the old one follows. */
function withDomain(values: Values, domain: string): Values {
  const [old, ...others] = listOf(values, "domains");
  if (old === domain) return values;
  const isMadeOf = textOf(values, "homePages") === `www.${old}`;
  return {
    ...values,
    domains: [domain, ...others.filter((one) => one !== domain)],
    ...(isMadeOf ? { homePages: [`www.${domain}`] } : {}),
  };
}
