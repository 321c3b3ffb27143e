import { createReader, readingOf } from "../../src/documents/recognition/index.ts";
import type { ReadDocument } from "../../src/vocabulary/filing.ts";
import { type Paper, papers } from "./recognition-papers.ts";
import { median, type Row } from "./row.ts";

type Fact = Exclude<keyof ReadDocument, "kind">;

const FACTS: Record<Fact, string> = {
  name: "名称 / 姓名",
  number: "证件号码",
  address: "住所 / 住址",
  from: "有效期起 / 成立日期",
  until: "有效期止",
  person: "法定代表人",
};

type Result = { paper: Paper; seconds: number; right: Fact[]; wrong: Fact[]; missing: Fact[] };

async function measure(paper: Paper, reader: ReturnType<typeof createReader>): Promise<Result> {
  const picture = await paper.full();
  const started = performance.now();
  const cells = (await reader.read(picture)) ?? [];
  const seconds = (performance.now() - started) / 1000;
  const read = readingOf(paper.truth.kind, cells);
  const facts = (Object.keys(FACTS) as Fact[]).filter((fact) => paper.truth[fact] !== undefined);
  const right = facts.filter((fact) => read?.[fact] === paper.truth[fact]);
  const missing = facts.filter((fact) => read?.[fact] === undefined);
  const wrong = facts.filter((fact) => !right.includes(fact) && !missing.includes(fact));
  return { paper, seconds, right, wrong, missing };
}

const words = (facts: readonly Fact[]): string => facts.map((fact) => FACTS[fact]).join("、") || "–";

function print(results: readonly Result[]): void {
  for (const { paper, seconds, right, wrong, missing } of results)
    console.log(
      `${paper.label}: ${right.length} right, wrong: ${words(wrong)}, not read: ${words(missing)}, ${seconds.toFixed(1)} s`,
    );
}

function rowFor(fact: Fact, kind: ReadDocument["kind"], results: readonly Result[]): Row[] {
  const of = results.filter(({ paper }) => paper.truth.kind === kind && paper.truth[fact] !== undefined);
  if (of.length === 0) return [];
  const count = (list: "right" | "wrong") => of.filter((result) => result[list].includes(fact)).length;
  return [
    {
      what: `${kind === "identityCard" ? "身份证" : "营业执照"} ${FACTS[fact]}`,
      budget: "–",
      measured: `${count("right")} of ${of.length} right, ${count("wrong")} wrong`,
    },
  ];
}

/**
 * How well twenty invented cards and licences are read that were photographed in twenty ways. Drawing them takes longer
 * than reading them. Prints a line a picture; gives the share of each field and the time.
 */
export async function bench(): Promise<Row[]> {
  const reader = createReader();
  const results: Result[] = [];
  for (const paper of papers) results.push(await measure(paper, reader));
  reader.stop();
  print(results);
  const shares = (["identityCard", "businessLicence"] as const).flatMap((kind) =>
    (Object.keys(FACTS) as Fact[]).flatMap((fact) => rowFor(fact, kind, results)),
  );
  const seconds = results.slice(1).map((result) => result.seconds);
  const time = {
    what: "reading one picture",
    budget: "–",
    measured: `${median(seconds).toFixed(1)} s, at most ${Math.max(...seconds).toFixed(1)} s`,
  };
  return [...shares, time];
}
