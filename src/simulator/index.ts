import { carryOut, type DeskOrder, type DeskView, viewOf } from "./desk.ts";
import { Office } from "./office.ts";
import { type SimulatorOptions, withDefaults } from "./options.ts";
import { listen } from "./server.ts";

export type { DeskOrder, DeskView } from "./desk.ts";
export { demoAccounts, optionsFrom, type SimulatorAccount, type SimulatorOptions } from "./options.ts";
export { defaultSettings, FAULTS, type Fault, type Settings } from "./settings.ts";

/** A running simulator. `order` and `view` are what `/desk.json` takes and gives, without the way over HTTP. */
export type Simulator = {
  /** Base address; the paths of the services are below it, the desk is at its root. */
  url: string;
  order(order: DeskOrder): void;
  view(): DeskView;
  /** Stops listening, drops open connections and closes the journal. */
  stop(): Promise<void>;
};

/**
 * Starts a bureau of its own: SOAP services as in 企业系统接口规范 V3.0, and a desk at its root. Its state is kept in
 * `dataDir` and survives the process. Rejects when the port is taken.
 */
export async function startSimulator(
  options: Partial<SimulatorOptions> & Pick<SimulatorOptions, "dataDir">,
): Promise<Simulator> {
  const office = new Office(withDefaults(options));
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
