import type { BureauRecord } from "../../gateways/bureau/downloads.ts";
import { textOf } from "../../vocabulary/fields/index.ts";
import type { Staff } from "../actor.ts";
import { filedIds } from "../bureau/content.ts";
import { Conflict, NotFound } from "../errors.ts";
import { writeNote } from "../filing/notes.ts";
import type { Filing } from "../filing/rows.ts";
import { lastSnapshots, type Snapshot } from "../filing/snapshots.ts";
import { transition } from "../filing/transition.ts";
import type { RootStore } from "../store.ts";
import { takenNumber, writeRecord } from "./write.ts";

/** A website as sent, waiting for its number. */
export type Numberless = { id: number; name: string };

/** Numbers as the bureau gave them outside the interface, with where they were seen. */
export type NumbersByHand = {
  subjectNumber: string;
  /** 网站备案号 by the website's id; every website of the filing has one. */
  websites: ReadonlyMap<number, string>;
  evidence: string;
  requestId: string;
};

async function sentOf(store: RootStore, filing: Filing): Promise<Snapshot> {
  const [sent] = await lastSnapshots(store, filing, 1);
  if (!sent) throw new NotFound("the filing was never submitted");
  return sent;
}

const sitesOf = (sent: Snapshot) => sent.sections.filter(({ kind }) => kind === "website");

/** The websites whose numbers are to be entered. */
export const numberless = async (store: RootStore, filing: Filing): Promise<Numberless[]> =>
  sitesOf(await sentOf(store, filing)).map(({ id, values }) => ({ id, name: textOf(values, "siteName") }));

/**
 * Row 28: the numbers were given but never came by the interface, so 上报 enters them with the evidence, which is kept
 * beside the event. Throws TransitionRefused, and Conflict when a number is in our records already.
 */
export async function numberByHand(
  root: RootStore,
  filing: Filing,
  actor: Staff,
  numbers: NumbersByHand,
): Promise<Filing> {
  const sent = await sentOf(root, filing);
  return transition(root, {
    filingId: filing.id,
    action: "number",
    actor,
    requestId: numbers.requestId,
    input: { detail: { byHand: true } },
    within: async ({ store, filing: locked }, eventId) => {
      if (locked.bureauId === null) throw new NotFound("the filing has no bureau");
      const ids = await filedIds(store.db, locked.id);
      const record = recordOf(sent, numbers);
      const writing = { store, filing: locked, bureauId: locked.bureauId, sent, ids, record };
      const taken = await takenNumber(writing);
      if (taken) throw new Conflict(taken);
      await writeNote(store, locked, eventId, numbers.evidence);
      await writeRecord(writing);
    },
  });
}

/** The record in the shape in which the bureau would have sent it, without the bureau's ids. */
const recordOf = (sent: Snapshot, { subjectNumber, websites }: NumbersByHand): BureauRecord => ({
  subject: { name: "", number: subjectNumber },
  websites: sitesOf(sent).map(({ id, values }) => ({
    ...{ ourId: id, name: textOf(values, "siteName"), number: websites.get(id) ?? "" },
    ...{ domains: [], accesses: [] },
  })),
  remark: "",
  raw: { name: "Baxx", attributes: {}, text: "", children: [] },
});
