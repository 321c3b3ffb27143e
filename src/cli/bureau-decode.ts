import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { type Decoded, decodeFile } from "../gateways/bureau/decode.ts";
import { PackagingFailed, XmlUnreadable } from "../gateways/bureau/errors.ts";
import { maskedText } from "../gateways/bureau/masked-file.ts";
import { recordOperator } from "../models/audit/operator.ts";
import { bureauAccount } from "../models/bureau/account.ts";
import { type Codes, codesInForce, withCodes } from "../models/code-table/in-force.ts";
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

type Keys = { aesKey?: string; aesIv?: string };

/** The keys of a bureau's row with its codes, or the keys of a file; none is needed for what is not encrypted. */
async function helpOf({ bureau, secrets }: Options): Promise<{ keys?: Keys; codes?: Codes }> {
  const given = secrets === undefined ? {} : { keys: await readSecrets(secrets) };
  if (bureau === undefined) return given;
  return withStore(async (store) => {
    const { db } = store;
    const row = await bureauOf(db, bureau);
    await recordOperator(db, "decode-file", { ispId: row.ispId, detail: { bureauId: row.id } });
    const { aesKey, aesIv } = bureauAccount(store, row);
    const codes = await codesInForce(db, { ispId: row.ispId, about: { bureauId: row.id } });
    return { keys: { ...(aesKey && { aesKey }), ...(aesIv && { aesIv }) }, codes, ...given };
  });
}

const WHY: Partial<Record<string, string>> = {
  key: "it is encrypted: name the bureau (--bureau) or its keys (--secrets)",
  decryption: "these keys do not open it",
  hash: "its content does not match its hash",
};

function opened(bytes: Buffer, keys: Keys | undefined): Decoded {
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
  const { keys, codes = new Map() } = await helpOf(options);
  const { entryName, xml } = opened(bytesOf(path), keys);
  if (options.xml) return write(xml);
  try {
    const masked = () => maskedText(xml, { limit: Number.POSITIVE_INFINITY });
    const { rows, version } = withCodes(codes, masked);
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
