import { type ChildProcess, fork } from "node:child_process";
import { program } from "../../lib/project.ts";
import type { Cell } from "./cells.ts";

/** What the reading process is asked, and what it answers: null for a picture that it cannot read. */
export type Question = { id: number; jpeg: Uint8Array; milliseconds: number };
export type Answer = { id: number; cells: Cell[] | null };

/**
 * Reads the writing on pictures. `read` gives null for a picture that cannot be read, undefined where the reading was
 * ended before it was through: it took too long, or its process was ended. It never throws.
 */
export type Reader = { read(jpeg: Uint8Array): Promise<Cell[] | null | undefined>; stop(): void };

export type ReaderOptions = {
  /** The longest that one picture may take, in milliseconds. */
  limit?: number;
  /** After so long without a picture the process ends and its memory is free, in milliseconds. */
  idle?: number;
  /** Flags of node for the process, besides ours. */
  execArgv?: readonly string[];
};

const LIMIT = 30_000;
const IDLE = 60_000;

/** Lines that are not begun when this share of the time is over are left out, so that the others arrive. */
const ENOUGH = 0.8;

/** Megabytes of the process's heap; the engine's own memory, about 200, is not in it. */
const HEAP = 256;

const reading = program("src/documents/recognition/child.ts");

/**
 * A reader in a process of its own, started with the first picture: neither its memory nor its end is ours, and a
 * picture that takes too long is ended with it. One picture at a time; the others wait.
 */
export function createReader({ limit = LIMIT, idle = IDLE, execArgv = [] }: ReaderOptions = {}): Reader {
  let child: ChildProcess | undefined;
  let resting: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let asked = 0;

  const stop = (): void => {
    clearTimeout(resting);
    child?.kill("SIGKILL");
    child = undefined;
  };
  const rest = (): void => {
    resting = setTimeout(stop, idle);
    resting.unref();
  };
  const readNow = async (jpeg: Uint8Array): Promise<Cell[] | null | undefined> => {
    clearTimeout(resting);
    child ??= startChild(execArgv);
    const question = { id: ++asked, jpeg, milliseconds: limit * ENOUGH };
    const answer = await ask(child, question, limit);
    if (answer === undefined) stop();
    else rest();
    return answer;
  };
  return {
    stop,
    read: (jpeg) => {
      const result = last.then(() => readNow(jpeg));
      last = result;
      return result;
    },
  };
}

function startChild(execArgv: readonly string[]): ChildProcess {
  const flags = [...reading.execArgv, `--max-old-space-size=${HEAP}`, ...execArgv];
  const child = fork(reading.file, [], {
    execArgv: flags,
    env: { ...process.env, MALLOC_ARENA_MAX: "2" },
    serialization: "advanced",
    // What the engine writes may be what stands on the picture.
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  child.on("error", () => undefined);
  child.unref();
  child.channel?.unref();
  return child;
}

/** The answer to one question; undefined when the process ended or took too long: then it is of no use any more. */
function ask(child: ChildProcess, question: Question, limit: number): Promise<Cell[] | null | undefined> {
  return new Promise((resolve) => {
    const settle = (cells: Cell[] | null | undefined): void => {
      clearTimeout(timer);
      child.off("message", onMessage).off("exit", onExit);
      resolve(cells);
    };
    const onMessage = (answer: Answer): void => {
      if (answer.id === question.id) settle(answer.cells);
    };
    const onExit = (): void => settle(undefined);
    const timer = setTimeout(onExit, limit);
    child.on("message", onMessage).once("exit", onExit);
    child.send(question, (error) => error && settle(undefined));
  });
}
