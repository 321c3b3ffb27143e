import type { Db } from "../../db/client.ts";
import type { Operation } from "../../gateways/bureau/operations.ts";
import type { Files } from "../material/files.ts";
import type { RootStore, Store } from "../store.ts";
import type { Labels } from "./names.ts";
import type { Request, Sent } from "./requests.ts";
import type { Bureau } from "./rows.ts";
import { filingSender } from "./send-filing.ts";
import { inquirySender } from "./send-inquiry.ts";
import { supplementSender } from "./send-supplement.ts";
import { unfiledSiteSender } from "./send-unfiled-site.ts";

/*
 * What can be sent to a bureau, in the order in which it goes. To add something:
 * 1. a migration adds the column of `bureau_requests` that names its row (say `inquiry_id`), with an index where not null;
 *    `Request` and the columns in requests.ts get it too;
 * 2. a file `send-<kind>.ts` exports its `Sender`;
 * 3. its line in the table below.
 * Everything else is there: building, joining up to `recordsPerFile` into one file, numbers, sending, asking after a
 * silence, receipts and failures, each once. What has no Czlx has `operation` 0 (`ANSWER`) and no names: its request is
 * settled when the bureau has the file.
 */

/** What building a request needs: pictures come from the file store. */
export type SenderParts = RootStore & { files: Files };

/** What goes to the bureau, with the names under which an answer finds it again. */
export type Content = { operation: Operation; labels: Labels };

/** Whether nothing about this subject is under way at the bureau or in the same file. */
export type IsFree = (subject: string | null) => Promise<boolean>;

/** Columns of the request that say what it is about, as the sender's migration added them. */
export type Owner = Partial<Pick<Request, "filingId" | "supplementId" | "inquiryId" | "unfiledSiteId">> &
  Record<string, number | null>;

/** One thing that waits to be sent. */
export type Waiting = {
  /** Its id within its kind. */
  id: number;
  /** What the log calls it, such as "filing 20260101-0001"; never a value of a person. */
  label: string;
  /** Made outside any transaction. "busy": it waits for another of its subject. Throws `OperationIncomplete`. */
  content(parts: SenderParts, isFree: IsFree): Promise<Content | "busy">;
  /** Locks it in the transaction that writes the package; undefined: it does not wait any more. Writes nothing yet. */
  claim(store: Store): Promise<Owner | undefined>;
  /** Further writes of that transaction, once its request is there. */
  written?(store: Store, requestId: number): Promise<void>;
  /** Its record cannot be made: this one alone is left to a person, and waits no more. Others go on. */
  unsendable(root: RootStore, problem: string): Promise<void>;
};

/** Something waits for a bureau, the oldest of it since then. */
export type BureauQueue = { id: number; since: Date };

/** What a call came to: a msg_code of the bureau, or a word of ours (`schema`, `sequence`) with a sentence for staff. */
export type Verdict = { code: number | string; message: string };

/** Each of the last three is called in a transaction of its own, again after a crash, and once has to be enough. */
export type Sender = {
  kind: string;
  /** Those that wait longest for this bureau first, none whose id is `passed`. Nothing of theirs is under way. */
  waiting(
    store: RootStore,
    bureau: Bureau,
    options: { limit: number; passed: readonly number[] },
  ): Promise<Waiting[]>;
  /** Bureaus for which something waits, each once. */
  bureaus(db: Db): Promise<BureauQueue[]>;
  /** The bureau has its file. */
  accepted(store: Store, sent: Sent): Promise<void>;
  /** The bureau is busy or closed, the file waits; told once a code. */
  delayed?(store: Store, sent: Sent, verdict: Verdict): Promise<void>;
  /** Its file failed. Must leave the request `failed`; the queue is stopped already. `cause` names this failure. */
  failed(store: Store, sent: Sent, verdict: Verdict, cause: string): Promise<void>;
};

export const senders: readonly Sender[] = [filingSender, supplementSender, inquirySender, unfiledSiteSender];

/** Since when the oldest of what waits for a bureau waits, by its id; packages that are made are not counted. */
export async function queuesOfBureaus(db: Db): Promise<Map<number, Date>> {
  const all = await Promise.all(senders.map((sender) => sender.bureaus(db)));
  const newestFirst = all.flat().sort((one, other) => other.since.getTime() - one.since.getTime());
  return new Map(newestFirst.map(({ id, since }) => [id, since]));
}

/** The sender of a request. */
export function senderOf({ kind }: Pick<Request, "kind">): Sender {
  const found = senders.find((sender) => sender.kind === kind);
  if (!found) throw new Error(`no sender of ${kind}`);
  return found;
}
