import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import {
  type BureauAccount,
  type BureauGateway,
  createBureauGateway,
  type DownloadPart,
  type FirstFiling,
  firstFilingXml,
  type Operation,
  pack,
  readDownload,
  type UploadAnswer,
  unpack,
  uploadXml,
} from "../../src/gateways/bureau/index.ts";
import {
  type Settings,
  type Simulator,
  type SimulatorStart,
  startSimulator,
} from "../../src/simulator/index.ts";
import { accountAt, sampleFiling } from "../gateways/bureau/sample.ts";

/** A bureau with a folder of its own, and a provider that talks with it over HTTP. */
export type Bench = {
  simulator: Simulator;
  gateway: BureauGateway;
  account: BureauAccount;
  dataDir: string;
  set(settings: Partial<Settings>): void;
  /** Sends a filing, another operation, or any XML, under a number. */
  send(content: FirstFiling | Operation | string, sequence: number): Promise<UploadAnswer>;
  /** Fetches and acknowledges everything that waits. */
  fetchAll(): Promise<DownloadPart[]>;
  /** The same, until something came. */
  fetchSome(): Promise<DownloadPart[]>;
  /** Ends the bureau and starts it again on the same folder. */
  restart(): Promise<void>;
  end(): Promise<void>;
};

const TRIES = 250;

/** A bureau on a free port that decides at once, unless the settings say otherwise. */
export async function startBench(
  settings: Partial<Settings> = {},
  start: Partial<SimulatorStart> = {},
): Promise<Bench> {
  const dataDir = mkdtempSync(join(tmpdir(), "bureau-"));
  const begin = () => startSimulator({ ...start, dataDir });
  const simulator = await begin();
  const bench: Bench = {
    simulator,
    gateway: createBureauGateway(),
    account: accountAt(simulator.url),
    dataDir,
    set: (change) => bench.simulator.order({ action: "set", settings: change }),
    send: (content, sequence) => {
      const xml = xmlOf(content, bench.account.ispId);
      return bench.gateway.upload(bench.account, pack(xml, bench.account, `File${sequence}.xml`), sequence);
    },
    fetchAll: () => fetchAll(bench),
    fetchSome: async () => {
      for (let tries = 0; tries < TRIES; tries += 1) {
        const parts = await fetchAll(bench);
        if (parts.length > 0) return parts;
        await wait(20);
      }
      throw new Error("nothing came from the bureau");
    },
    restart: async () => {
      await bench.simulator.stop();
      bench.simulator = await begin();
      bench.account = { ...bench.account, endpoint: bench.simulator.url };
    },
    end: async () => {
      await bench.simulator.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  bench.set({ decisionDelayMs: 0, ...settings });
  return bench;
}

function xmlOf(content: FirstFiling | Operation | string, ispId: number): string {
  if (typeof content === "string") return content;
  return "kind" in content ? uploadXml({ ispId, operation: content }) : firstFilingXml(content);
}

async function fetchAll({ gateway, account }: Bench): Promise<DownloadPart[]> {
  const parts: DownloadPart[] = [];
  for (;;) {
    const { file } = await gateway.download(account);
    if (!file) return parts;
    parts.push(...readDownload(unpack(file, account).xml).parts);
    await gateway.acknowledge(account, file.fileName);
  }
}

/** Codes of the machine's results, in order. */
export const codesOf = (parts: DownloadPart[]): number[] =>
  parts.flatMap((part) =>
    part.kind === "results" ? part.machine.flatMap(({ codes }) => codes.map(({ code }) => code)) : [],
  );

/** 主体备案号 and 网站备案号 in the records, in order. */
export const numbersOf = (parts: DownloadPart[]): (string | undefined)[] =>
  parts.flatMap((part) =>
    part.kind === "records"
      ? part.records.flatMap(({ subject, websites }) => [
          subject.number,
          ...websites.map(({ number }) => number),
        ])
      : [],
  );

export { sampleFiling };
