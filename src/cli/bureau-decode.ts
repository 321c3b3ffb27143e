import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { type Decoded, decodeFile } from "../gateways/bureau/decode.ts";
import { PackagingFailed, XmlUnreadable } from "../gateways/bureau/errors.ts";
import { maskedText } from "../gateways/bureau/masked-file.ts";
import { recordOperator } from "../models/audit/operator.ts";
import { bureauAccount } from "../models/bureau/account.ts";
import { bureauOf } from "./find.ts";
import { CommandFailed, printRows, wantsJson, write } from "./output.ts";
import { readSecrets } from "./secret-input.ts";
import { withStore } from "./settings.ts";

type Options = { bureau?: string; secrets?: string; xml?: boolean };

const bytesOf = (path: string): Buffer => {
  try {
    return readFileSync(path === "-" ? 0 : path);
  } catch (error) {
    throw new CommandFailed(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
};

/** The keys of a bureau's row, or those of a file; none is needed for what is not encrypted. */
async function keysOf({
  bureau,
  secrets,
}: Options): Promise<{ aesKey?: string; aesIv?: string } | undefined> {
  if (secrets !== undefined) return readSecrets(secrets);
  if (bureau === undefined) return undefined;
  return withStore(async (store) => {
    const row = await bureauOf(store.db, bureau);
    await recordOperator(store.db, "decode-file", { ispId: row.ispId, detail: { bureauId: row.id } });
    const { aesKey, aesIv } = bureauAccount(store, row);
    return { ...(aesKey ? { aesKey } : {}), ...(aesIv ? { aesIv } : {}) };
  });
}

const WHY: Partial<Record<string, string>> = {
  key: "it is encrypted: name the bureau (--bureau) or its keys (--secrets)",
  decryption: "these keys do not open it",
  hash: "its content does not match its hash",
};

function opened(bytes: Buffer, keys: Awaited<ReturnType<typeof keysOf>>): Decoded {
  try {
    return decodeFile(bytes, keys);
  } catch (error) {
    if (error instanceof PackagingFailed)
      throw new CommandFailed(
        `it cannot be opened (${error.reason}): ${WHY[error.reason] ?? "it is no file of the interface"}`,
      );
    if (error instanceof XmlUnreadable) throw new CommandFailed(`it cannot be read: ${error.message}`);
    throw error;
  }
}

async function decode(path: string, options: Options, command: Command): Promise<void> {
  const { entryName, xml } = opened(bytesOf(path), await keysOf(options));
  if (options.xml) return write(xml);
  try {
    const { rows, version } = maskedText(xml, { limit: Number.POSITIVE_INFINITY });
    if (!wantsJson(command)) write(`${entryName || path}, version ${version || "not stated"}`);
    const shown = rows.map((row) => ({ ...row, element: `${"  ".repeat(row.depth)}${row.name}` }));
    printRows(command, shown, { element: "ELEMENT", label: "LABEL", value: "VALUE" });
  } catch (error) {
    if (error instanceof XmlUnreadable) throw new CommandFailed(`it holds no XML: ${error.message}`);
    throw error;
  }
}

export const decodeCommand = (group: Command): void => {
  group
    .command("decode <file>")
    .description("show a file of the interface, sent or received, line by line with persons masked")
    .option("--bureau <id>", "open it with the keys of this bureau")
    .option("--secrets <file>", 'open it with the keys in a JSON file {"aesKey": "…", "aesIv": "…"}')
    .option("--xml", "the XML as it is: it holds personal data")
    .addHelpText(
      "after",
      "\nThe file may be XML, its zip, base64 of either kind, or what isp_download answered; - is standard input.\n" +
        "\nExamples:\n  openbeian bureau decode P1001S12.zip\n  openbeian bureau decode answer-7.xml --bureau 1",
    )
    .action(decode);
};
