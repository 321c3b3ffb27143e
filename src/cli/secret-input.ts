import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { CommandFailed } from "./output.ts";

/** Everything on standard input, without the line end. */
const readInput = (): string => readFileSync(0, "utf8").replace(/\r?\n$/, "");

/** Asks for a line at the terminal without showing it. */
function askHidden(question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  process.stderr.write(question);
  return new Promise((resolve) => {
    lines.question("", (answer) => {
      lines.close();
      process.stderr.write("\n");
      resolve(answer);
    });
  });
}

/** A password: asked for twice at a terminal, else the whole of standard input. Never taken from the arguments. */
export async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) return readInput();
  const password = await askHidden("password: ");
  if ((await askHidden("again: ")) !== password) throw new CommandFailed("the two passwords differ");
  return password;
}

/** A JSON object of texts from a file, or from standard input for `-`. */
export function readSecrets(path: string): Record<string, string> {
  try {
    const text = path === "-" ? readInput() : readFileSync(path, "utf8");
    const value: unknown = JSON.parse(text);
    if (
      typeof value === "object" &&
      value !== null &&
      Object.values(value).every((one) => typeof one === "string")
    )
      return value as Record<string, string>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new CommandFailed(`there is no file ${path}`);
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new CommandFailed(
    'the secrets must be a JSON object such as {"password": "…", "aesKey": "…", "aesIv": "…"}',
  );
}
