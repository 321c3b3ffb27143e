import type { Config } from "../config.ts";
import { type DeskOrder, type DeskView, viewOf } from "./desk.ts";
import { carryOut } from "./desk-orders.ts";
import { House } from "./house.ts";
import { optionsFrom, type SimulatorOptions, withDefaults } from "./options.ts";

export { demoRecords } from "../vocabulary/demo-records.ts";
export type { DeskOrder, DeskRecord, DeskView } from "./desk.ts";
export { demoAccounts, optionsFrom, type SimulatorAccount, type SimulatorOptions } from "./options.ts";
export { ELSEWHERE, type SeedRecord } from "./seeds.ts";
export { BASE_TABLES } from "./sent/codes.ts";
export { INVENTED } from "./sent/invented-codes.ts";
export {
  defaultSettings,
  FAULTS,
  type Fault,
  FIXED_PASSWORD,
  type Settings,
  type Step,
} from "./settings.ts";

/** A running simulator. `order` and `view` are what `/desk.json` takes and gives, without the way over HTTP. */
export type Simulator = {
  /** Base address; the paths of the services are below it, the desk is at its root. */
  url: string;
  order(order: DeskOrder): void;
  view(): DeskView;
  /** Faults to come, after those that are to come already. */
  script(...steps: Extract<DeskOrder, { action: "script" }>["script"]): void;
  /** Closes the socket now and opens it again after some seconds. */
  down(seconds: number): Promise<void>;
  /** Starts again from its journal, under the same address. */
  restart(): Promise<void>;
  /** Stops listening, drops open connections and closes the journal. */
  stop(): Promise<void>;
};

/** All of the options may be left out but the folder of the state. */
export type SimulatorStart = Partial<SimulatorOptions> & Pick<SimulatorOptions, "dataDir">;

/**
 * Starts a bureau of its own: SOAP services as in 企业系统接口规范 V3.0, and a desk at its root. Its state is kept in
 * `dataDir` and survives the process; with the settings of an installation, in its folder `simulator`, on
 * `simulatorPort`. Rejects when the port is taken.
 */
export async function startSimulator(start: Config | SimulatorStart): Promise<Simulator> {
  const house = new House("simulatorPort" in start ? optionsFrom(start) : withDefaults(start));
  await house.open().catch(async (error: unknown) => {
    await house.stop();
    throw error;
  });
  return {
    url: house.url,
    order: (order) => carryOut(house.office, order),
    view: () => viewOf(house.office),
    script: (...script) => carryOut(house.office, { action: "script", script }),
    down: (seconds) => house.down(seconds),
    restart: () => house.restart(),
    stop: () => house.stop(),
  };
}
