import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import { productTemplate } from "../forms/product-template.ts";
import { writeCsv, writeXlsx } from "../lib/spreadsheet/index.ts";
import { recordOperator } from "../models/audit/operator.ts";
import { changeProductSettings, setHook } from "../models/product/hook.ts";
import { filingsOnProduct, listProducts } from "../models/product/list.ts";
import { findProduct } from "../models/product/rows.ts";
import { isProductType, productTypeNames } from "../vocabulary/product-types.ts";
import { collect, ispOf } from "./find.ts";
import { wholeNumber } from "./numbers.ts";
import { CommandFailed, printOne, printResult, printRows, type Row } from "./output.ts";
import { importCommand } from "./product-import.ts";
import { withStore } from "./settings.ts";

const columns = {
  ...{ id: "ID", type: "TYPE", key: "KEY", name: "NAME", customerAccount: "CUSTOMER", ips: "IPS" },
  ...{ used: "USED", quota: "QUOTA", validUntil: "UNTIL", state: "STATE", source: "SOURCE" },
};

type Listed = Awaited<ReturnType<typeof findProduct>>;

const rowOf = ({ keyShown, ips, ...product }: Listed): Row => ({
  ...product,
  key: keyShown,
  ips: ips.join(" "),
});

async function list(
  options: { isp: string; before?: string; search?: string },
  command: Command,
): Promise<void> {
  const rows = await withStore(async (store) => {
    const { id } = await ispOf(store.db, options.isp);
    const before = options.before === undefined ? undefined : wholeNumber(options.before, "--before");
    return listProducts(store, id, { words: options.search ?? "", before, limit: 100 });
  });
  printRows(command, rows.map(rowOf), columns);
}

async function show(id: string, options: { isp: string }, command: Command): Promise<void> {
  await withStore(async (store) => {
    const { id: ispId } = await ispOf(store.db, options.isp);
    const product = await findProduct(store.db, ispId, wholeNumber(id, "the id of the product")).catch(() => {
      throw new CommandFailed(`there is no product ${id}; see openbeian product ls --isp ${options.isp}`);
    });
    const filings = await filingsOnProduct(store, ispId, product.id);
    const on = filings.map(({ number, state }) => `${number} (${state})`).join(" ");
    printOne(command, { ...rowOf(product), filings: on }, { ...columns, filings: "FILINGS" });
  });
}

async function template(path: string | undefined, _options: unknown, command: Command): Promise<void> {
  const to = path ?? "products.xlsx";
  const sheets = productTemplate();
  const bytes = to.endsWith(".csv") ? writeCsv(sheets[0]?.rows ?? []) : await writeXlsx(sheets);
  try {
    writeFileSync(to, bytes, { flag: "wx" });
  } catch (error) {
    throw new CommandFailed(`${to} can't be written (${(error as NodeJS.ErrnoException).code})`);
  }
  printResult(
    command,
    { file: to },
    `wrote ${to}; fill it in, then openbeian product import ${to} --isp <slug> --dry-run`,
  );
}

/** https, but for a system on this very machine. */
function hookAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = url && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (!url || !(url.protocol === "https:" || (url.protocol === "http:" && local)) || url.username)
    throw new CommandFailed("the hook must be an https address without a password in it");
  return url.href;
}

async function hook(slug: string, url: string, _options: unknown, command: Command): Promise<void> {
  const address = hookAddress(url);
  await withStore(async (store) => {
    const { id: ispId } = await ispOf(store.db, slug);
    const secret = await setHook(store, ispId, address);
    await changeProductSettings(store, ispId, { source: "webhook" });
    await recordOperator(store.db, "change-products", { ispId, detail: { source: "webhook" } });
    printResult(
      command,
      { isp: slug, url: address, secret },
      `products of ${slug} are now asked of ${address}\nsecret, shown this once: ${secret}`,
    );
  });
}

type SettingOptions = { required?: string; source?: string; type: string[] };

function changesOf({ required, source, type }: SettingOptions): Record<string, unknown> {
  if (required !== undefined && !["yes", "no"].includes(required))
    throw new CommandFailed("--required is yes or no");
  if (source !== undefined && !["table", "webhook"].includes(source))
    throw new CommandFailed("--source is table or webhook");
  const wrong = type.find((name) => !isProductType(name));
  if (wrong) throw new CommandFailed(`there is no type ${wrong}; there are: ${productTypeNames.join(", ")}`);
  return {
    ...(required === undefined ? {} : { required: required === "yes" }),
    ...(source === undefined ? {} : { source }),
    ...(type.length === 0 ? {} : { types: type }),
  };
}

async function settings(slug: string, options: SettingOptions, command: Command): Promise<void> {
  const changes = changesOf(options);
  if (Object.keys(changes).length === 0) throw new CommandFailed("nothing to change; see --help");
  await withStore(async (store) => {
    const { id: ispId } = await ispOf(store.db, slug);
    await changeProductSettings(store, ispId, changes);
    await recordOperator(store.db, "change-products", { ispId, detail: changes });
    printResult(command, { isp: slug, ...changes }, `changed: ${JSON.stringify(changes)}`);
  });
}

/** `openbeian product …`: the products that filings stand on (产品核验). */
export const product = (program: Command): void => {
  const group = program.command("product").description("products (产品核验) of the providers");
  group
    .command("import <file>")
    .description("import a table of products, csv (UTF-8, GBK) or xlsx; what is there already is changed")
    .requiredOption("--isp <slug>", "the provider")
    .option("--dry-run", "check every row and write nothing")
    .addHelpText(
      "after",
      "\nBad rows are told by row and column and left out; exit code 1 when there was one.\n\nExamples:\n" +
        "  openbeian product import products.xlsx --isp shili --dry-run\n  openbeian product import products.csv --isp shili --json",
    )
    .action(importCommand);
  group
    .command("template [file]")
    .description("write an empty table to fill in: products.xlsx, or csv by its name")
    .addHelpText("after", "\nExample:\n  openbeian product template products.csv")
    .action(template);
  group
    .command("ls")
    .description("products, newest first, a hundred at a time")
    .requiredOption("--isp <slug>", "the provider")
    .option(
      "--search <words>",
      "a whole account, address, order or domain; part of a name; a customer account",
    )
    .option("--before <id>", "go on after the last one shown")
    .addHelpText(
      "after",
      "\nExamples:\n  openbeian product ls --isp shili\n  openbeian product ls --isp shili --search 203.0.113.18",
    )
    .action(list);
  group
    .command("show <id>")
    .description("one product with the filings on it")
    .requiredOption("--isp <slug>", "the provider")
    .addHelpText("after", "\nExample:\n  openbeian product show 12 --isp shili --json")
    .action(show);
  group
    .command("hook <slug> <url>")
    .description("ask the provider's own system about products; prints the secret it signs with, once")
    .addHelpText("after", "\nExample:\n  openbeian product hook shili https://crm.example.cn/beian/products")
    .action(hook);
  group
    .command("set <slug>")
    .description("what the provider asks for")
    .option("--required <yes|no>", "whether a filing needs a product")
    .option("--source <source>", "who knows the products: table or webhook")
    .option(
      "--type <type>",
      `a type that is taken: ${productTypeNames.join(", ")}; several times`,
      collect,
      [],
    )
    .addHelpText(
      "after",
      "\nExample:\n  openbeian product set shili --required yes --type cloud_server --type authorisation_code",
    )
    .action(settings);
};
