import * as assert from "uvu/assert";
import {
  type BureauRecord,
  type DownloadPart,
  filingPasswordHash,
  type Operation,
  type RecordWebsite,
} from "../../src/gateways/bureau/index.ts";
import type { DeskRecord, Settings } from "../../src/simulator/index.ts";
import { sampleChange } from "../gateways/bureau/sample-operations.ts";
import { type Bench, codesOf, sampleFiling, startBench } from "./bench.ts";

type OperationOf<Kind extends Operation["kind"]> = Extract<Operation, { kind: Kind }>;

/** A bench whose provider has filings on record, and short ways to ask for more. */
export type Filed = {
  bench: Bench;
  /** Sends an operation under the next number. */
  ask(operation: Operation): Promise<void>;
  /** Sends it and gives the codes that the machine answers with at once. */
  refusals(operation: Operation): Promise<number[]>;
  /** Decides what came last, and gives what can be fetched then. */
  decide(approved: boolean, words?: string): Promise<DownloadPart[]>;
  /** Files a first filing with ids from `id` on and gives what came back of it. */
  file(id: number): Promise<BureauRecord>;
  /** The record as the desk has it. */
  recordOf(record: BureauRecord): DeskRecord;
};

/** Starts it; nothing is decided by itself. */
export async function startFiled(settings: Partial<Settings> = {}): Promise<Filed> {
  const bench = await startBench({ decisions: "hold", ...settings });
  let sequence = 0;
  const ask = async (operation: Operation): Promise<void> => {
    sequence += 1;
    assert.is((await bench.send(operation, sequence)).code, 0);
  };
  const decide = async (approved: boolean, words = "请修改。"): Promise<DownloadPart[]> => {
    const filing = bench.simulator.view().filings.find(({ state }) => state === "waiting")?.id ?? 0;
    bench.simulator.order(approved ? { action: "approve", filing } : { action: "return", filing, words });
    return bench.fetchAll();
  };
  return {
    bench,
    ask,
    decide,
    refusals: async (operation) => {
      await ask(operation);
      return codesOf(await bench.fetchAll());
    },
    file: async (id) => {
      const { ispId: _, ...first } = sampleFiling({ id, domain: `s${id}.cn`, certificate: `C${id}` });
      await ask({ kind: "first", ...first });
      return recordIn(await decide(true));
    },
    recordOf: ({ subject }) =>
      bench.simulator.view().records.find(({ number }) => number === subject.number) as DeskRecord,
  };
}

/** The one record in what was fetched. */
export function recordIn(parts: DownloadPart[]): BureauRecord {
  const records = parts.flatMap((part) => (part.kind === "records" ? part.records : []));
  assert.is(records.length, 1);
  return records[0] as BureauRecord;
}

/** Operation, Bs and Jlid of the results in what was fetched. */
export const resultsIn = (parts: DownloadPart[]): string[] =>
  parts.flatMap((part) =>
    part.kind === "results"
      ? [
          ...part.machine.map(({ operation, about, codes }) => `${operation} ${about} ${codes[0]?.code}`),
          ...part.reviews.map(({ operation, about, approved, words }) =>
            approved ? `${operation} ${about} ok` : `${operation} ${about} ${words}`,
          ),
        ]
      : [],
  );

/** What the bureau gave back of a website, with all that a change must name. */
type Known = RecordWebsite & { bureauId: number; number: string };

/** A change of nothing: the record as it stands, by the ids that came back. */
export function changeOf({ subject, websites }: BureauRecord): OperationOf<"change"> {
  const id = subject.ourId ?? 0;
  const sample = sampleChange();
  const { ispId: _, ...filed } = sampleFiling({ id, domain: `s${id}.cn`, certificate: `C${id}` });
  return {
    ...sample,
    subject: { ...filed.subject, bureauId: subject.bureauId ?? 0, number: subject.number ?? "" },
    websites: (websites as Known[]).map((website) => ({
      ...(filed.websites[0] as (typeof filed.websites)[number]),
      ...{ id: website.ourId ?? 0, bureauId: website.bureauId, number: website.number },
      domains: website.domains.map((domain) => ({
        ...{ id: domain.ourId ?? 0, bureauId: domain.bureauId ?? 0, name: domain.name },
      })),
      homePage: website.domains[0]?.name ?? "",
      accesses: website.accesses.map((access) => ({
        ...{ id: access.ourId ?? 0, bureauId: access.bureauId ?? 0 },
        ...{ places: access.places, modes: access.modes },
        ips: access.ips.map((ip) => ({
          ...{ id: ip.ourId ?? 0, bureauId: ip.bureauId ?? 0, from: ip.from ?? "", to: ip.to ?? "" },
        })),
      })),
    })),
    attachments: [],
  };
}

/** Hash of the password of a record, or of what is no password of it. */
export const hashOf = (record: { password: string } | undefined): string =>
  filingPasswordHash(record?.password ?? "nobody knows");
