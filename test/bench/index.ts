import { parseArgs } from "node:util";
import { bench as bureau } from "./bureau.ts";
import { postRows } from "./form-post.ts";
import { bench as jobs } from "./jobs.ts";
import { listRows } from "./lists.ts";
import { bench as pictures } from "./pictures.ts";
import { compile } from "./processes.ts";
import { bench as recognition } from "./recognition.ts";
import { printTable, type Row } from "./row.ts";
import { bench as rules } from "./rules.ts";
import { benchServer } from "./scene.ts";
import { startRows } from "./start-up.ts";
import { bench as upload } from "./upload.ts";

/**
 * `npm run bench -- --rows 4000000 --only lists,jobs`, or `npm run bench -- upload`: how fast it is, each figure beside one of the same run, since
 * machines differ. Everything is on the loopback, on a PostgreSQL of its own, and is gone afterwards. Nothing in
 * `npm test` depends on a time. A million filings take a minute or two to write. How well cards and licences are read is
 * measured only when asked for (`--only recognition`): drawing the photos takes some minutes.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: "string", default: "1000000" },
    few: { type: "string", default: "4000" },
    only: { type: "string", default: "lists,post,jobs,pictures,rules,bureau,upload,start" },
  },
});
const wanted = positionals.length > 0 ? positionals : values.only.split(",");

const say = (text: string): void => console.error(text);

async function overFilings(): Promise<Row[]> {
  const server = await benchServer();
  try {
    say(`writing ${values.few} and ${values.rows} filings …`);
    const few = await server.scene(Number(values.few));
    const many = await server.scene(Number(values.rows));
    say("lists and forms under load …");
    return [
      ...(wanted.includes("lists") ? await listRows(many, few, server.secretKeys) : []),
      ...(wanted.includes("post") ? await postRows(many, server.secretKeys) : []),
    ];
  } finally {
    await server.close();
  }
}

async function measure(name: string, part: () => Promise<Row[]>): Promise<Row[]> {
  if (!wanted.includes(name)) return [];
  say(`${name} …`);
  return part();
}

compile();
const rows = [
  ...(wanted.includes("lists") || wanted.includes("post") ? await overFilings() : []),
  ...(await measure("jobs", jobs)),
  ...(await measure("pictures", pictures)),
  ...(await measure("rules", rules)),
  ...(await measure("bureau", bureau)),
  ...(await measure("upload", upload)),
  ...(await measure("start", startRows)),
  ...(await measure("recognition", recognition)),
];
const broken = printTable("speed, each figure beside one of the same run", rows);
console.log(broken.length === 0 ? "\nall budgets hold" : `\n${broken.length} budgets are broken`);
process.exit(broken.length === 0 ? 0 : 1);
