import { mkdirSync } from "node:fs";
import { cli, type Finished, temporaryDataDir } from "./installation.ts";

export type CliBench = {
  /** A data folder of its own. */
  dataDir: string;
  run(...args: string[]): Promise<Finished>;
  remove(): void;
};

/** The command line over the database of a bench; what is run begins with `command`. */
export function cliOn(
  { url, secretKeys }: { url: string; secretKeys: string },
  ...command: string[]
): CliBench {
  const { dataDir, remove } = temporaryDataDir();
  mkdirSync(dataDir);
  const settings = {
    ...{ DATABASE_URL: url, SECRET_KEYS: secretKeys, DATA_DIR: dataDir },
    PUBLIC_URL: "https://beian.example",
  };
  return { dataDir, remove, run: (...args) => cli([...command, ...args], settings) };
}
