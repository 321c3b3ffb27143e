import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { seal } from "../../src/crypto/seal.ts";
import { newSecretKeys, openVault } from "../../src/crypto/vault.ts";
import { type BureauGateway, createBureauGateway } from "../../src/gateways/bureau/index.ts";
import { newId } from "../../src/lib/ids.ts";
import { createLog } from "../../src/log.ts";
import { createBureau } from "../../src/models/bureau/account.ts";
import { type FilingPackage, packagesOfFiling } from "../../src/models/bureau/requests.ts";
import { findBureau } from "../../src/models/bureau/rows.ts";
import { stuckBureaus } from "../../src/models/bureau/stuck.ts";
import { type Filing, maybeFiling } from "../../src/models/filing/rows.ts";
import { staffContext } from "../../src/models/staff/staff.ts";
import type { RootStore } from "../../src/models/store.ts";
import { demoAccounts, type Settings, type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { creditCodeCheck } from "../../src/vocabulary/credit-code.ts";
import { type Downloaded, downloadFromBureau } from "../../worker/bureau/download.ts";
import type { BureauParts } from "../../worker/bureau/parts.ts";
import { submitToBureau } from "../../worker/bureau/submit.ts";
import { testDatabase } from "./database.ts";
import { act, bringTo, complete, registrantNamed, staffNamed } from "./filings.ts";
import { type People, settle } from "./people.ts";

/** A provider with a bureau of its own over HTTP, its filings, and the worker's hands. */
export type BureauBench = {
  parts: BureauParts;
  store: RootStore;
  url: string;
  secretKeys: string;
  people: People;
  simulator: Simulator;
  bureauId: number;
  /** Files in memory. */
  kept: Map<string, Buffer>;
  set(settings: Partial<Settings>): void;
  /** A filing that 上报 has sent on its way; nothing has gone out yet. */
  uploading(): Promise<Filing>;
  /** The job of the queue; steps as it tells them. `as` replaces parts of it. */
  submit(as?: Partial<BureauParts>): Promise<string[]>;
  download(as?: Partial<BureauParts>): Promise<Downloaded>;
  /** Downloads until something came. */
  downloadSome(): Promise<Downloaded>;
  now(filing: Filing): Promise<Filing>;
  packages(filing: Filing): Promise<FilingPackage[]>;
  /** The pause after a busy or silent bureau is over. */
  letRestEnd(): Promise<void>;
  /** How many filings of this subject the bureau has. */
  atBureau(filing: Filing): Promise<number>;
  close(): Promise<void>;
};

const TRIES = 250;
const [demoAccount] = demoAccounts;
if (!demoAccount) throw new Error("the simulator has no account");
const { ispId, userName, password, aesKey = "", aesIv = "" } = demoAccount;

let serial = 0;
/** A domain and an invented credit code that passes GB 32100. */
const fresh = () => {
  const first17 = `91330108MA3${String(++serial).padStart(6, "0")}`;
  return { domain: `tea${serial}.cn`, certNo: first17 + creditCodeCheck(first17) };
};

/** Starts a simulator that holds its decisions, a database and its people. */
export async function startBureauBench(settings: Partial<Settings> = {}): Promise<BureauBench> {
  const { db, url, close } = await testDatabase();
  const secretKeys = newSecretKeys();
  const store: RootStore = { db, vault: openVault(secretKeys) };
  const people = await settle(store, { first: "yi.example", second: "er.example" });
  await giveMail(store, people.staff.孙七.id, "sunqi@example.cn");
  const dataDir = mkdtempSync(join(tmpdir(), "bureau-bench-"));
  const simulator = await startSimulator({ dataDir });
  simulator.order({ action: "set", settings: { decisions: "hold", decisionDelayMs: 0, ...settings } });
  const bureauId = await createBureau(store, {
    ...{ ispId: people.isps.first, province: "330000", name: "浙江省通信管理局", endpoint: simulator.url },
    ...{ bureauIspId: ispId, userName, secrets: { password, aesKey, aesIv }, isDefault: true },
    // A busy machine may take seconds for a call; a bureau that hangs costs its test all of it.
    settings: { timeoutMs: 10_000 },
  });
  const kept = new Map<string, Buffer>();
  const parts: BureauParts = {
    ...store,
    bureau: createBureauGateway(),
    files: filesIn(kept),
    log: createLog({ level: "silent", name: "test" }),
    lastHeard: new Map(),
  };
  const end = async () => {
    await simulator.stop();
    rmSync(dataDir, { recursive: true, force: true });
    await close();
  };
  return {
    ...{ parts, store, url, secretKeys, people, simulator, bureauId, kept },
    ...handsOn(parts, people, simulator, bureauId),
    close: end,
  };
}

function handsOn(parts: BureauParts, people: People, simulator: Simulator, bureauId: number) {
  const { db } = parts;
  const download = async (as: Partial<BureauParts> = {}): Promise<Downloaded> => {
    const watch = { progress: () => undefined, signal: undefined };
    const done = await downloadFromBureau({ ...parts, ...as }, bureauId, watch, { waitMs: 5000 });
    if (!done) throw new Error("somebody else talks to the bureau");
    return done;
  };
  return {
    set: (settings: Partial<Settings>) => simulator.order({ action: "set", settings }),
    uploading: async (): Promise<Filing> => {
      const filing = await complete(parts, registrantNamed(people, "张三"), fresh());
      return act(parts, await bringTo(parts, people, filing, "ready"), "upload", staffNamed(people, "孙七"));
    },
    submit: async (as: Partial<BureauParts> = {}): Promise<string[]> => {
      const steps: string[] = [];
      const watch = { progress: (step: string) => void steps.push(step), signal: undefined };
      await submitToBureau({ ...parts, ...as }, bureauId, watch);
      return steps;
    },
    download,
    downloadSome: async (): Promise<Downloaded> => {
      for (let tries = 0; tries < TRIES; tries++) {
        const done = await download();
        if (done.files > 0) return done;
        await wait(20);
      }
      throw new Error("nothing came from the bureau");
    },
    now: async ({ id }: Filing): Promise<Filing> => (await maybeFiling(db, id)) as Filing,
    packages: async ({ id }: Filing) => [...(await packagesOfFiling(db, id))],
    letRestEnd: async () => void (await db`update isp_bureaus set resume_at = null where id = ${bureauId}`),
    atBureau: async ({ id }: Filing): Promise<number> => {
      const [subject] = await db<{ id: number }[]>`
        select id from filing_sections where filing_id = ${id} and kind = 'subject'`;
      return simulator.view().filings.filter(({ subjectId }) => subjectId === subject?.id).length;
    },
  };
}

const filesIn = (kept: Map<string, Buffer>): BureauParts["files"] => ({
  put: async (bytes) => {
    const id = newId();
    kept.set(id, Buffer.from(bytes));
    return id;
  },
  get: async (id) => {
    const bytes = kept.get(id);
    if (!bytes) throw new Error(`no file ${id}`);
    return bytes;
  },
  remove: async (id) => void kept.delete(id),
});

async function giveMail({ db, vault }: RootStore, staffId: number, address: string): Promise<void> {
  const [row] = await db<{ dataKey: Buffer }[]>`select data_key from staff where id = ${staffId}`;
  const key = vault.unwrap(row?.dataKey ?? Buffer.alloc(0));
  await db`update staff set email_sealed = ${seal(key, address, staffContext(staffId, "email"))} where id = ${staffId}`;
}

/** A gateway of which one method fails after (or instead of) the real call. */
export const failing = (
  gateway: BureauGateway,
  method: keyof BureauGateway,
  how: "after" | "instead",
  times = 1,
): BureauGateway => {
  let left = times;
  const real = gateway[method] as (...args: unknown[]) => Promise<unknown>;
  const replaced = async (...args: unknown[]) => {
    if (left-- <= 0) return real(...args);
    if (how === "after") await real(...args);
    throw new Error("the process died here");
  };
  return { ...gateway, [method]: replaced };
};

/** The bureau's row as it is. */
export const bureauNow = (bench: BureauBench) => findBureau(bench.store.db, bench.bureauId);

/** Why the queue is stuck when it got nowhere for five hours. */
export async function causesOfStanding({ store: { db }, people, bureauId }: BureauBench): Promise<string[]> {
  await db`
    update bureau_packages set accepted_at = now() - interval '5 hours'
    where bureau_id = ${bureauId} and accepted_at is not null`;
  await db`update isp_bureaus set worked_off_at = null, last_download_at = now() where id = ${bureauId}`;
  return (await stuckBureaus(db, people.isps.first)).map(({ cause }) => cause);
}
