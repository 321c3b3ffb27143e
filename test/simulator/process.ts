import { defaultSettings, startSimulator } from "../../src/simulator/index.ts";

/** A bureau as a process: `process.ts <folder>` prints its address and runs until it is killed. */
const [, , dataDir = ""] = process.argv;
const { url } = await startSimulator({ dataDir, settings: { ...defaultSettings, decisions: "hold" } });
console.log(url);
