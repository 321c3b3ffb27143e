import type { Config } from "../config.ts";
import { carryOut, type DeskOrder, type DeskView, viewOf } from "./desk.ts";
import { Office } from "./office.ts";
import { optionsFrom, type SimulatorOptions, withDefaults } from "./options.ts";
import { listen } from "./server.ts";

export { demoRecords } from "../vocabulary/demo-records.ts";
export type { DeskOrder, DeskRecord, DeskView } from "./desk.ts";
export { demoAccounts, optionsFrom, type SimulatorAccount, type SimulatorOptions } from "./options.ts";
export { ELSEWHERE, type SeedRecord } from "./seeds.ts";
export { defaultSettings, FAULTS, type Fault, FIXED_PASSWORD, type Settings } from "./settings.ts";

/** A running simulator. `order` and `view` are what `/desk.json` takes and gives, without the way over HTTP. */
export type Simulator = {
  /** Base address; the paths of the services are below it, the desk is at its root. */
  url: string;
  order(order: DeskOrder): void;
  view(): DeskView;
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
  const office = new Office("simulatorPort" in start ? optionsFrom(start) : withDefaults(start));
  const { server, url } = await listen(office).catch((error: unknown) => {
    office.stop();
    throw error;
  });
  return {
    url,
    order: (order) => carryOut(office, order),
    view: () => viewOf(office),
    stop: () =>
      new Promise((resolve) => {
        office.stop();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
