import { spawn } from "node:child_process";
import { until } from "../../src/lib/processes.ts";
import { projectPath } from "../../src/lib/project.ts";
import { realSettings, temporaryDataDir } from "../support/installation.ts";
import { median, type Row, rowOf } from "./row.ts";

const ROUNDS = 3;
const PATIENCE = 60_000;

/** Milliseconds from the command to the first answered page. */
async function firstPage(settings: Record<string, string>): Promise<number> {
  const asked = performance.now();
  const child = spawn(process.execPath, ["dist/src/cli/index.js", "start"], {
    cwd: projectPath(),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...settings },
    stdio: "ignore",
  });
  try {
    const url = `http://127.0.0.1:${settings.PORT}/login`;
    const answered = await until(
      async () => (await fetch(url).catch(() => undefined))?.ok === true,
      PATIENCE,
    );
    if (!answered) throw new Error(`no page within ${PATIENCE / 1000} s`);
    return performance.now() - asked;
  } finally {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGINT");
    await gone;
  }
}

/** The whole installation on a data folder that an earlier start has made: database, web, worker. */
export async function startRows(): Promise<Row[]> {
  const { dataDir, remove } = temporaryDataDir();
  const settings = await realSettings(dataDir);
  try {
    const made = await firstPage(settings);
    const again: number[] = [];
    for (let round = 0; round < ROUNDS; round++) again.push(await firstPage(settings));
    const beside = `${(made / 1000).toFixed(1)} s where there was nothing`;
    const what = "start on an existing data folder → first page";
    return [rowOf({ what, measured: median(again) / 1000, unit: "s", limit: 3, beside })];
  } finally {
    remove();
  }
}
