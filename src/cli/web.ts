import type { Command } from "commander";
import { runPart } from "./part.ts";

/** `openbeian web`: the pages, on PORT. */
export const web = (program: Command): void => {
  program
    .command("web")
    .description("serve the pages (needs a migrated database)")
    .addHelpText("after", "\nExample:\n  DATABASE_URL=postgres://… SECRET_KEYS=… PORT=3000 openbeian web")
    .action(() => runPart(async (settings) => (await import("../server.ts")).startWeb(settings)));
};
