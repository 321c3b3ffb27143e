import { type Command, InvalidArgumentError, Option } from "commander";
import { CalledWrongly, CommandFailed } from "./output.ts";
import { runPart } from "./part.ts";

type Options = { port?: number; fault?: string; decisions?: "approve" | "return" | "hold" };

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError("must be a port");
  return port;
}

/** Starts the bureau of the demo; what is named here is set anew, the rest is as it was left. */
const start = ({ port, fault, decisions }: Options): Promise<never> =>
  runPart(async (settings) => {
    if (!settings.demo) throw new CommandFailed("the bureau simulator runs only with DEMO=1");
    const { FAULTS, optionsFrom, startSimulator } = await import("../simulator/index.ts");
    const { recordsAtBureau } = await import("../demo/bureau-records.ts");
    const { openingOrders } = await import("../demo/bureau-opening.ts");
    const wanted = FAULTS.find((one) => one === fault);
    if (fault && !wanted) throw new CalledWrongly(`no such fault; there are ${FAULTS.join(", ")}`);
    const config = port === undefined ? settings : { ...settings, simulatorPort: port };
    const simulator = await startSimulator(optionsFrom(config, recordsAtBureau(), openingOrders()));
    const change = { ...(wanted ? { fault: wanted } : {}), ...(decisions ? { decisions } : {}) };
    if (Object.keys(change).length > 0) simulator.order({ action: "set", settings: change });
    return simulator;
  });

/** `openbeian simulator`, and the same below `openbeian bureau`: the bureau of the demo. */
export const simulator = (program: Command): void => {
  program
    .command("simulator")
    .description("run the bureau simulator of the demo, on SIMULATOR_PORT")
    .option("--port <port>", "another port", portOf)
    .option("--fault <name>", "begin with a fault, such as busy or garbage")
    .addOption(new Option("--decisions <how>", "how it decides").choices(["approve", "return", "hold"]))
    .addHelpText("after", "\nExample:\n  openbeian simulator --port 3001 --decisions hold")
    .action(start);
};
