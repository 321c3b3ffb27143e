import type { Command } from "commander";
import { newSecretKeys } from "../crypto/vault.ts";
import { printResult } from "./output.ts";

/** `openbeian keys`: a fresh value for SECRET_KEYS. */
export const keys = (program: Command): void => {
  program
    .command("keys")
    .description("print a fresh value for SECRET_KEYS; keep it apart from the database and its backups")
    .addHelpText("after", "\nExample:\n  export SECRET_KEYS=$(openbeian keys)")
    .action((_options: unknown, command: Command) => {
      const value = newSecretKeys();
      printResult(command, { secretKeys: value }, value);
    });
};
