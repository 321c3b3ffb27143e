import type { Command } from "commander";
import { CommandFailed } from "./output.ts";
import { runPart } from "./part.ts";

/** `openbeian simulator`: the bureau of the demo. */
export const simulator = (program: Command): void => {
  program
    .command("simulator")
    .description("run the bureau simulator of the demo, on SIMULATOR_PORT")
    .addHelpText("after", "\nExample:\n  SIMULATOR_PORT=3001 openbeian simulator")
    .action(() =>
      runPart(async (settings) => {
        if (!settings.demo) throw new CommandFailed("the bureau simulator runs only with DEMO=1");
        const { optionsFrom, startSimulator } = await import("../simulator/index.ts");
        const { recordsAtBureau } = await import("../demo/bureau-records.ts");
        return startSimulator(optionsFrom(settings, recordsAtBureau()));
      }),
    );
};
