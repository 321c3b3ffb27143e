import { join } from "node:path";
import type { Config } from "../config.ts";
import { demoRecords } from "../vocabulary/demo-records.ts";
import type { DeskOrder } from "./desk-orders.ts";
import type { SeedRecord } from "./seeds.ts";
import { defaultSettings, type Settings } from "./settings.ts";

/** A provider (接入商) that the simulated bureau knows, with its own numbers of uploads. */
export type SimulatorAccount = {
  ispId: number;
  userName: string;
  password: string;
  /** How files for it are encrypted: 0 not, 1 AES with the two below. */
  encryptAlgorithm: 0 | 1;
  aesKey?: string;
  aesIv?: string;
};

export type SimulatorOptions = {
  /** 0 takes any free port. */
  port: number;
  host: string;
  /** Folder of the simulator's own state; made when it is missing. */
  dataDir: string;
  accounts: SimulatorAccount[];
  /** The bureau's own province (330000): it refuses subjects of others. Without, it stands for all of them at once. */
  province?: string;
  /** Settings of the first start; later ones go on with what was set last. */
  settings: Settings;
  /** Name of the first parameter in the service description: the specification and real bureaus differ. */
  ispIdParameter: "ispId" | "ispID";
  /** Kind of service description. */
  style: "document" | "rpc";
  /** What is on record from the start; a record whose number is there already is left as it is. */
  records: readonly SeedRecord[];
  /** What is ordered at the very first start, once. */
  opening: readonly DeskOrder[];
};

/** Accounts of the demo. The key and the vector are the example values of public clients: nothing is secret here. */
export const demoAccounts: SimulatorAccount[] = [
  {
    ispId: 1001,
    userName: "openbeian",
    password: "演示Bureau1",
    encryptAlgorithm: 1,
    aesKey: "0123456789ABCDEF",
    aesIv: "0102030405060708",
  },
  {
    ispId: 1002,
    userName: "other",
    password: "演示Bureau2",
    encryptAlgorithm: 0,
  },
];

/** Options filled up with those of the demo. */
export const withDefaults = (
  options: Partial<SimulatorOptions> & Pick<SimulatorOptions, "dataDir">,
): SimulatorOptions => ({
  port: 0,
  host: "127.0.0.1",
  accounts: demoAccounts,
  settings: defaultSettings,
  ispIdParameter: "ispId",
  style: "document",
  records: [],
  opening: [],
  ...options,
});

/** Where the simulator of an installation keeps what it knows. */
export const simulatorFolder = ({ dataDir }: Pick<Config, "dataDir">): string => join(dataDir, "simulator");

/** Options of the simulator that `openbeian start` runs; `records` are further ones to begin with. */
export const optionsFrom = (
  config: Config,
  records: readonly SeedRecord[] = [],
  opening: readonly DeskOrder[] = [],
): SimulatorOptions =>
  withDefaults({
    opening,
    port: config.simulatorPort,
    host: config.host,
    dataDir: simulatorFolder(config),
    records: [...demoRecords, ...records],
  });
