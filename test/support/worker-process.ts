import { readConfig } from "../../src/config.ts";
import { startWorker } from "../../worker/index.ts";

/** A worker as a process of its own, for tests that kill one. Settings come from the environment. */
const worker = await startWorker(readConfig(process.env));
process.send?.("started");
process.once("SIGTERM", async () => {
  await worker.stop();
  process.exit(0);
});
process.once("disconnect", () => process.exit(1));
