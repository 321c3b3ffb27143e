import type { Command } from "commander";
import { recordOperator } from "../models/audit/operator.ts";
import { addIsp, listIsps } from "../models/isp/add.ts";
import { division, provinces } from "../vocabulary/divisions.ts";
import { parseIpRange } from "../vocabulary/ip-address.ts";
import { collect, orSayTaken } from "./find.ts";
import { CommandFailed, printResult, printRows } from "./output.ts";
import { withStore } from "./settings.ts";
import { token } from "./token.ts";

type AddOptions = {
  name: string;
  legalName: string;
  phone: string;
  serviceHours: string;
  icpNumber?: string;
  qq?: string;
  host: string[];
  region: string[];
  range: string[];
};

const EVERYWHERE = "all";

function regionsOf(codes: readonly string[]): string[] {
  return codes.flatMap((code) => {
    if (code === EVERYWHERE) return provinces.map((province) => province.code);
    if (!division(code))
      throw new CommandFailed(`${code} is no division of GB/T 2260, such as 330000 or 330108`);
    return [code];
  });
}

const rangesOf = (texts: readonly string[]): { first: string; last: string }[] =>
  texts.map((text) => {
    const range = parseIpRange(text);
    if (!range.ok)
      throw new CommandFailed(`${text} is no public address or range, such as 203.0.113.0-203.0.113.255`);
    return { first: range.first, last: range.last };
  });

function hostsOf(hosts: readonly string[]): string[] {
  const wrong = hosts.find((host) => !/^[a-z0-9.-]+(:\d+)?$/i.test(host));
  if (wrong) throw new CommandFailed(`${wrong} is no host name`);
  return hosts.map((host) => host.toLowerCase());
}

async function add(slug: string, options: AddOptions, command: Command): Promise<void> {
  if (!/^[a-z][a-z0-9-]{1,30}$/.test(slug))
    throw new CommandFailed(
      "the short name must be 2 to 31 lower-case letters, digits and -, beginning with a letter",
    );
  const { host, region, range, ...plain } = options;
  const isp = { slug, ...plain, hosts: hostsOf(host), regions: regionsOf(region), ranges: rangesOf(range) };
  await withStore(async (store) => {
    const id = await orSayTaken(addIsp(store, isp));
    await recordOperator(store.db, "add-isp", { ispId: id });
    printResult(
      command,
      { id, slug },
      `added the provider ${slug} (${id}); next: openbeian staff add, openbeian bureau add`,
    );
  });
}

async function list(_options: unknown, command: Command): Promise<void> {
  const columns = {
    ...{ slug: "SLUG", name: "NAME", hosts: "HOSTS", regions: "REGIONS", ranges: "RANGES" },
    ...{ bureaus: "BUREAUS", staff: "STAFF" },
  };
  printRows(command, await withStore(({ db }) => listIsps(db)), columns);
}

/** `openbeian isp …`: the providers of an installation. */
export const isp = (program: Command): void => {
  const group = program.command("isp").description("providers (接入商) of this installation");
  group
    .command("add <slug>")
    .description("add a provider; slug is its short name on the command line")
    .requiredOption("--name <name>", "name on its pages, such as 示例云")
    .requiredOption("--legal-name <name>", "full name of the company")
    .requiredOption("--phone <number>", "service telephone")
    .option("--service-hours <text>", "when the telephone is answered", "工作日9:00–18:00")
    .option("--icp-number <number>", "ICP number shown at the foot of its pages")
    .option("--qq <number>", "service QQ")
    .option("--host <name>", "host name of its pages; may be given several times", collect, [])
    .option("--region <code>", "division whose registrants may choose it, or all; several times", collect, [])
    .option("--range <range>", "addresses it gives out: one, or first-last; several times", collect, [])
    .addHelpText(
      "after",
      "\nExample:\n  openbeian isp add shili --name 示例云 --legal-name 示例云计算有限公司 --phone 400-000-0000 \\\n" +
        "    --host beian.example.cn --region 330000 --range 203.0.113.0-203.0.113.255",
    )
    .action(add);
  group
    .command("ls")
    .description("all providers")
    .addHelpText("after", "\nExample:\n  openbeian isp ls --json")
    .action(list);
  token(group);
};
