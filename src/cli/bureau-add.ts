import type { Command } from "commander";
import type { Db } from "../db/client.ts";
import { recordOperator } from "../models/audit/operator.ts";
import {
  type BureauSecrets,
  changeSecrets,
  changeTerms,
  createBureau,
  moveBureau,
} from "../models/bureau/account.ts";
import { type Bureau, bureausOf } from "../models/bureau/rows.ts";
import { provinces } from "../vocabulary/divisions.ts";
import { settingsIn, type TermOptions, versionIn, withTerms } from "./bureau-options.ts";
import { bureauOf, ispOf, orSayTaken } from "./find.ts";
import { wholeNumber } from "./numbers.ts";
import { CalledWrongly, CommandFailed, printResult } from "./output.ts";
import { readSecrets } from "./secret-input.ts";
import { withStore } from "./settings.ts";

type AddOptions = {
  isp: string;
  province: string;
  name: string;
  endpoint: string;
  ispId: string;
  user: string;
  secrets: string;
  default?: boolean;
  clear?: boolean;
  sequence: string;
} & TermOptions;

const KEY_LENGTHS = [16, 24, 32];

/** What the bureau handed out; keys are needed unless files go unencrypted. */
function secretsOf(path: string, encrypted: boolean): BureauSecrets {
  const { password, aesKey, aesIv } = readSecrets(path);
  if (!password) throw new CommandFailed("the secrets name no password");
  if (encrypted && (!KEY_LENGTHS.includes(aesKey?.length ?? 0) || aesIv?.length !== 16))
    throw new CommandFailed(
      "aesKey must have 16, 24 or 32 characters and aesIv 16 (or give --clear: no encryption)",
    );
  return { password, ...(aesKey ? { aesKey } : {}), ...(aesIv ? { aesIv } : {}) };
}

/** Without a user or password: an address is shown. */
function endpointOf(text: string): string {
  if (!/^https?:\/\/[^/@?#]+(\/[^?#]*)?$/i.test(text))
    throw new CalledWrongly(`${text} is no address, such as http://zcaisp.example.cn`);
  return text.replace(/\/+$/, "");
}

/** One account has one series of numbers, and a file that one queue acknowledges is gone for another. */
async function refuseSharedAccount(
  db: Db,
  { ispId, province, endpoint, bureauIspId }: Pick<Bureau, "ispId" | "province" | "endpoint" | "bureauIspId">,
): Promise<void> {
  const other = (await bureausOf(db)).find(
    (row) =>
      row.endpoint === endpoint &&
      row.bureauIspId === bureauIspId &&
      !(row.ispId === ispId && row.province === province),
  );
  if (other)
    throw new CommandFailed(
      `the number ${bureauIspId} at ${endpoint} is the account of the bureau ${other.name} (${other.id}) already`,
    );
}

async function add(options: AddOptions, command: Command): Promise<void> {
  if (!provinces.some(({ code }) => code === options.province))
    throw new CalledWrongly(`${options.province} is no province, such as 330000`);
  const terms = { settings: settingsIn(options), version: versionIn(options) };
  const secrets = secretsOf(options.secrets, !options.clear);
  await withStore(async (store) => {
    const { id: ispId } = await ispOf(store.db, options.isp);
    const bureau = {
      ...{ ispId, province: options.province, name: options.name, endpoint: endpointOf(options.endpoint) },
      ...{ bureauIspId: wholeNumber(options.ispId, "--isp-id"), userName: options.user, secrets },
      ...{
        isDefault: options.default ?? false,
        encryptAlgorithm: options.clear ? (0 as const) : (1 as const),
      },
      lastSequence: wholeNumber(options.sequence, "--sequence"),
      ...terms,
    };
    await refuseSharedAccount(store.db, bureau);
    const id = await orSayTaken(createBureau(store, bureau));
    await recordOperator(store.db, "add-bureau", {
      ispId,
      detail: { bureauId: id, province: options.province },
    });
    printResult(
      command,
      { id },
      `added the bureau ${options.name} (${id}); try it with openbeian bureau pull ${id}`,
    );
  });
}

type ChangeOptions = { endpoint?: string; user?: string; secrets?: string } & TermOptions;

async function change(id: string, options: ChangeOptions, command: Command): Promise<void> {
  const { user, secrets } = options;
  const endpoint = options.endpoint && endpointOf(options.endpoint);
  const [settings, version] = [settingsIn(options), versionIn(options)];
  const changed = [
    ...Object.entries({ endpoint, user, secrets, version }).flatMap(([key, value]) => (value ? [key] : [])),
    ...Object.keys(settings),
  ];
  if (changed.length === 0)
    throw new CalledWrongly("name what to change, such as --timeout 90; see openbeian bureau change --help");
  await withStore(async (store) => {
    const bureau = await bureauOf(store.db, id);
    if (endpoint) await refuseSharedAccount(store.db, { ...bureau, endpoint });
    if (secrets !== undefined)
      await changeSecrets(store, bureau, secretsOf(secrets, bureau.encryptAlgorithm === 1));
    await moveBureau(store.db, bureau.id, {
      ...(endpoint ? { endpoint } : {}),
      ...(user ? { userName: user } : {}),
    });
    await changeTerms(store.db, bureau.id, { settings, version });
    await recordOperator(store.db, "change-bureau", {
      ispId: bureau.ispId,
      detail: { bureauId: bureau.id, changed },
    });
    printResult(command, { id: bureau.id, changed }, `changed ${changed.join(", ")} of ${bureau.name}`);
  });
}

const SECRETS = 'JSON file {"password": "…", "aesKey": "…", "aesIv": "…"}, or - for standard input';

export const addCommand = (group: Command): void => {
  withTerms(
    group
      .command("add")
      .description("add the bureau of a province to a provider, with what the bureau handed out")
      .requiredOption("--isp <slug>", "the provider")
      .requiredOption("--province <code>", "province of the bureau, such as 330000")
      .requiredOption("--name <name>", "name of the bureau")
      .requiredOption("--endpoint <address>", "base address of its services")
      .requiredOption("--isp-id <number>", "number of the provider at the bureau")
      .requiredOption("--user <name>", "user name at the bureau")
      .requiredOption("--secrets <file>", SECRETS)
      .option("--default", "also takes the filings of provinces without a bureau of their own")
      .option("--clear", "files are not encrypted")
      .option("--sequence <n>", "the last number that was sent with another system before", "0"),
  )
    .addHelpText(
      "after",
      "\nExample:\n  openbeian bureau add --isp shili --province 330000 --name 浙江省通信管理局 \\\n" +
        "    --endpoint http://zcaisp.example.cn --isp-id 1001 --user shili --secrets bureau.json --default",
    )
    .action(add);
  withTerms(
    group
      .command("change <id>")
      .description("change the address, user name or secrets of a bureau, or how it takes files")
      .option("--endpoint <address>", "base address of its services")
      .option("--user <name>", "user name at the bureau")
      .option("--secrets <file>", SECRETS),
  )
    .addHelpText(
      "after",
      "\nExamples:\n  openbeian bureau change 1 --secrets - < bureau.json\n" +
        "  openbeian bureau change 1 --records-per-file 100 --hours 08:30-17:30 --workdays",
    )
    .action(change);
};
