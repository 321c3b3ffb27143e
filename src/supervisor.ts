import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { program, projectPath } from "./lib/project.ts";
import { eachLine } from "./lib/streams.ts";

export type PartName = "web" | "worker" | "simulator";

/** A part ended again and again before it was ready; its own lines say why. */
export class PartFailed extends Error {
  override name = "PartFailed";
}

export type Supervisor = {
  /** Settles when every part has said once that it is ready; fails when one cannot start. */
  ready: Promise<void>;
  /** Ends the parts one after the other, in the order they were given; each has its time to finish. */
  stop(): Promise<void>;
  /** Ends every part now, as their processes would end in a kill. */
  kill(): void;
  /** Starts the running parts anew with a changed environment. */
  restart(env: NodeJS.ProcessEnv): void;
};

type Options = {
  parts: PartName[];
  env: NodeJS.ProcessEnv;
  /** Where a part's lines go, and the supervisor's own. */
  say: (part: string, line: string) => void;
};

/** A part that never became ready and failed this often is not tried again: something is wrong with the settings. */
const FIRST_TRIES = 5;
/** A part gets this long to finish what it does. */
const GRACE = 9000;
/** After this long without a crash a part counts as healthy again. */
const HEALTHY = 30_000;

/** Waits before the n-th restart in a row: 0.2 s, doubling, at most 10 s. */
const backOff = (crashes: number): number => Math.min(10_000, 200 * 2 ** (crashes - 1));

const { execArgv, file } = program("src/cli/index.ts");

/** The command line of a part: the same program, from the same place as this one. */
const commandOf = (part: PartName): string[] => [...execArgv, file, part];

/** Starts the parts as child processes and starts each again when it ends by itself. */
export function supervise(options: Options): Supervisor {
  let env = options.env;
  const watched = options.parts.map((name) => watchPart(name, () => env, options.say));
  return {
    ready: Promise.all(watched.map(({ ready }) => ready)).then(() => undefined),
    stop: async () => {
      for (const part of watched) part.expectEnd();
      for (const part of watched) await part.stop();
    },
    kill: () => {
      for (const part of watched) part.kill();
    },
    restart: (changed) => {
      env = changed;
      for (const part of watched) part.kill("SIGTERM");
    },
  };
}

type Watched = {
  ready: Promise<void>;
  expectEnd(): void;
  stop(): Promise<void>;
  kill(signal?: NodeJS.Signals): void;
};

function watchPart(name: PartName, env: () => NodeJS.ProcessEnv, say: Options["say"]): Watched {
  const firstReady = signal();
  let child: ChildProcess | undefined;
  let [ending, crashes, wasReady] = [false, 0, false];

  const launch = () => {
    const started = Date.now();
    child = spawnPart(name, env(), (line) => say(name, line));
    say(name, `started as process ${child.pid}`);
    child.on("message", () => {
      wasReady = true;
      firstReady.give();
    });
    child.once("exit", (code, signalled) => void again(started, signalled ?? `code ${code}`));
  };

  const again = async (started: number, how: string) => {
    if (ending) return;
    crashes = Date.now() - started > HEALTHY ? 1 : crashes + 1;
    if (!wasReady && crashes >= FIRST_TRIES)
      return firstReady.fail(new PartFailed(`${name} does not start (${how})`));
    say(name, `ended with ${how}, starts again in ${backOff(crashes) / 1000} s`);
    await sleep(backOff(crashes));
    if (!ending) launch();
  };

  launch();
  return {
    ready: firstReady.promise,
    expectEnd: () => {
      ending = true;
    },
    stop: () => stopChild(child),
    kill: (how = "SIGKILL") => void child?.kill(how),
  };
}

/** A promise with its two ends; nobody need wait for it. */
function signal(): { promise: Promise<void>; give: () => void; fail: (error: Error) => void } {
  let give: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((resolve, reject) => {
    give = resolve;
    fail = reject;
  });
  promise.catch(() => undefined);
  return { promise, give, fail };
}

/** A group of its own: Ctrl-C in a terminal reaches the supervisor alone, which then ends the parts in order. */
function spawnPart(name: PartName, env: NodeJS.ProcessEnv, line: (text: string) => void): ChildProcess {
  const child = spawn(process.execPath, commandOf(name), {
    cwd: projectPath(),
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  for (const stream of [child.stdout, child.stderr]) if (stream) eachLine(stream, line);
  return child;
}

async function stopChild(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => void child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), GRACE);
  await ended;
  clearTimeout(timer);
}
