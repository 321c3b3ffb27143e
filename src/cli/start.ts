import type { Command } from "commander";
import { surviveLostWrites } from "../db/lost-writes.ts";
import { listenProblem } from "../lib/ports.ts";
import { until } from "../lib/processes.ts";
import { PartFailed, type PartName, supervise } from "../supervisor.ts";
import { CommandFailed, write } from "./output.ts";
import { loadSettings, lockData, type Settings } from "./settings.ts";
import { type Database, openDatabase, prepareDatabase, type Say } from "./start-database.ts";
import { welcome } from "./welcome.ts";

/** `openbeian start`: everything on this machine, under one supervisor. */
export const start = (program: Command): void => {
  program
    .command("start")
    .description("start everything: database, web, worker and, in the demo, the bureau simulator")
    .addHelpText(
      "after",
      "\nExamples:\n  openbeian start\n  PORT=8080 openbeian start\n  DATABASE_URL=postgres://… SECRET_KEYS=… openbeian start",
    )
    .action(run);
};

const say: Say = (part, line) => write(`${part.padEnd(9)} | ${line}`);

async function run(): Promise<void> {
  surviveLostWrites();
  const settings = loadSettings();
  const release = lockData(settings);
  const stopAsked = stopRequest();
  const begun = Date.now();
  try {
    await checkPorts(settings);
    const database = await openDatabase(settings, say);
    try {
      await prepareDatabase(settings, database, say);
      await runParts(settings, database, stopAsked, begun);
    } finally {
      await database.stop();
    }
  } finally {
    release();
  }
  process.exit(0);
}

/** Runs the parts until somebody asks to stop. Throws `CommandFailed` when one does not start. */
async function runParts(settings: Settings, database: Database, stopAsked: Promise<void>, begun: number) {
  const parts: PartName[] = settings.demo ? ["web", "worker", "simulator"] : ["web", "worker"];
  const supervisor = supervise({ parts, env: environment(settings, database.url), say });
  database.onMove((url) => supervisor.restart(environment(settings, url)));
  const killAll = () => supervisor.kill();
  process.once("exit", killAll);
  try {
    await Promise.race([supervisor.ready.then(() => welcome(settings, Date.now() - begun)), stopAsked]);
    await stopAsked;
  } catch (error) {
    throw error instanceof PartFailed ? new CommandFailed(error.message) : error;
  } finally {
    say("openbeian", "stopping");
    await supervisor.stop();
    process.off("exit", killAll);
  }
}

/** What the parts read as their settings: the same ones, with what was made or found here. */
const environment = (settings: Settings, databaseUrl: string): NodeJS.ProcessEnv => ({
  // glibc otherwise keeps a heap for each thread, and every picture leaves its holes in another one.
  MALLOC_ARENA_MAX: "2",
  ...process.env,
  DATABASE_URL: databaseUrl,
  SECRET_KEYS: settings.secretKeys,
  DEMO: settings.demo ? "1" : "0",
  DATA_DIR: settings.dataDir,
});

/** A second Ctrl-C within this time is the same one: npm passes on what the terminal has already sent. */
const SAME_KEY = 2000;

/** Settles at the first Ctrl-C or SIGTERM; a later one ends the parts at once. */
function stopRequest(): Promise<void> {
  return new Promise((resolve) => {
    let asked = 0;
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.on(signal, () => {
        if (asked && Date.now() - asked > SAME_KEY) process.exit(130);
        asked ||= Date.now();
        resolve();
      });
  });
}

/** After a kill the parts of before take a moment to notice that they are alone: their ports are waited for. */
async function checkPorts({ demo, host, port, simulatorPort }: Settings): Promise<void> {
  for (const wanted of demo ? [port, simulatorPort] : [port]) {
    let problem: string | undefined;
    await until(async () => {
      problem = await listenProblem(wanted, host);
      return problem !== "EADDRINUSE";
    }, 12_000);
    if (problem === "EADDRINUSE")
      throw new CommandFailed(`port ${wanted} is taken: set PORT (or SIMULATOR_PORT) to another one`);
    if (problem)
      throw new CommandFailed(`cannot listen on ${host}, port ${wanted} (${problem}): see HOST and PORT`);
  }
}
