import type { BureauRecord } from "../../gateways/bureau/downloads.ts";
import { textOf } from "../../vocabulary/fields/index.ts";
import type { FilingKind } from "../../vocabulary/filing.ts";
import type { Staff } from "../actor.ts";
import { Conflict, NotFound } from "../errors.ts";
import { writeNote } from "../filing/notes.ts";
import type { Filing } from "../filing/rows.ts";
import { lastSnapshots, type Snapshot } from "../filing/snapshots.ts";
import { transition } from "../filing/transition.ts";
import type { RootStore } from "../store.ts";
import { cancelledMeanwhile } from "./over.ts";
import { takenNumber } from "./taken.ts";
import { subjectNumber, writeRecord } from "./write.ts";
import { recordIdOf, sitesOf, writingOf } from "./writing.ts";

/** A website as sent, waiting for its number. */
export type Numberless = { id: number; name: string };

/** Numbers as the bureau gave them outside the interface, with where they were seen. */
export type NumbersByHand = {
  /** 主体备案号; may be "" where the subject has one already. */
  subjectNumber: string;
  /** 网站备案号 by the website's id; every website that `numbersWanted` names has one. */
  websites: ReadonlyMap<number, string>;
  evidence: string;
  requestId: string;
};

async function sentOf(store: RootStore, filing: Filing): Promise<Snapshot> {
  const [sent] = await lastSnapshots(store, filing, 1);
  if (!sent) throw new NotFound("the filing was never submitted");
  return sent;
}

/** Which numbers a kind of filing ends with that are not there before. */
const newNumbers: Record<FilingKind, { subject: boolean; websites: boolean }> = {
  first: { subject: true, websites: true },
  add: { subject: false, websites: true },
  join: { subject: false, websites: false },
  change: { subject: false, websites: false },
  cancel: { subject: false, websites: false },
};

/**
 * The numbers to be entered: 主体备案号 where it is new (`subjectNumber` is the one there is otherwise, "" where none is
 * needed), and the websites whose numbers are new.
 */
export async function numbersWanted(
  store: RootStore,
  filing: Filing,
): Promise<{ subject: boolean; subjectNumber: string; websites: Numberless[] }> {
  const sent = await sentOf(store, filing);
  const { subject, websites } = newNumbers[filing.kind];
  const sites = websites ? sitesOf({ sent }) : [];
  return {
    subject,
    subjectNumber: subject || !websites ? "" : await numberOnRecord(store, filing, sent),
    websites: sites.map(({ id, values }) => ({ id, name: textOf(values, "siteName") })),
  };
}

async function numberOnRecord({ db }: RootStore, filing: Filing, sent: Snapshot): Promise<string> {
  const [row] = await db<{ number: string }[]>`select number from subjects where id = ${filing.subjectId}`;
  return row?.number ?? subjectNumber({ record: recordOf(filing, sent, noNumbers), sent });
}

const noNumbers = { subjectNumber: "", websites: new Map<number, string>() };

/**
 * Row 28: the bureau's answer was given but never came by the interface, so 上报 enters it with the evidence, which is
 * kept beside the event. Throws TransitionRefused, and Conflict when a number is in our records already
 * or what the filing works on was cancelled.
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
      const { bureauId } = locked;
      if (bureauId === null) throw new NotFound("the filing has no bureau");
      const writing = await writingOf(store, { ...locked, bureauId }, sent, recordOf(locked, sent, numbers));
      const against = (await cancelledMeanwhile(writing)) ?? (await takenNumber(writing));
      if (against) throw new Conflict(against);
      await writeNote(store, locked, eventId, numbers.evidence);
      await writeRecord(writing);
    },
  });
}

/** The record in the shape in which the bureau would have sent it, without the bureau's ids. */
const recordOf = (
  { kind }: Pick<Filing, "kind">,
  sent: Snapshot,
  { subjectNumber, websites }: Pick<NumbersByHand, "subjectNumber" | "websites">,
): BureauRecord => ({
  subject: { name: "", ...(subjectNumber ? { number: subjectNumber } : {}) },
  websites: sitesOf({ sent }).map((site) => ({
    ...{ ourId: recordIdOf(site), name: textOf(site.values, "siteName") },
    number: newNumbers[kind].websites ? (websites.get(site.id) ?? "") : textOf(site.values, "number"),
    ...{ domains: [], accesses: [] },
  })),
  remark: "",
  raw: { name: "Baxx", attributes: {}, text: "", children: [] },
});
