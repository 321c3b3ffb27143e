import { check, checkField, rules } from "../../src/rules/index.ts";
import type { FilingData } from "../../src/vocabulary/filing.ts";
import { context, filing, individual } from "../rules/sample.ts";
import { faultyParts } from "../support/twenty-faults.ts";
import { median, type Row, rowOf } from "./row.ts";

const ROUNDS = 15;
const TIMES = 60;

/** Filings as they come: without a fault, with one on every line, of a person, with ten websites. */
function filings(): FilingData[] {
  const faulty = filing(faultyParts());
  const large = filing();
  const [website] = large.websites;
  if (website)
    large.websites = Array.from({ length: 10 }, (_, at) => ({
      ...website,
      id: 10 + at,
      values: { ...website.values, domains: [`example-${at}.cn`], homePages: [`www.example-${at}.cn`] },
      accesses: website.accesses.map((access) => ({ ...access, id: 30 + at })),
    }));
  return [filing(), faulty, filing({ subject: individual, website: { siteName: "茶余饭后随笔" } }), large];
}

/** Milliseconds of one of so many calls. */
function millisecondsOf(work: () => unknown): number {
  const start = performance.now();
  for (let at = 0; at < TIMES; at += 1) work();
  return (performance.now() - start) / TIMES;
}

/** Medians of two pieces of work, done in turn, so that a busy machine slows both. */
function compare(ours: () => unknown, plain: () => unknown): [number, number] {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    times[0].push(millisecondsOf(ours));
    times[1].push(millisecondsOf(plain));
  }
  return [median(times[0]), median(times[1])];
}

const perSecond = (milliseconds: number): number => 1000 / milliseconds;

/** How fast filings are checked, each figure beside what it takes to write the same filing as JSON and read it back. */
export function bench(): Promise<Row[]> {
  return Promise.resolve(ruleRows());
}

function ruleRows(): Row[] {
  const all = filings();
  const [first] = all as [FilingData];
  const whole = compare(
    () => all.map((one) => check(one, context)),
    () => all.map((one) => JSON.parse(JSON.stringify(one))),
  );
  const { subject } = first;
  const [field, plain] = compare(
    () => checkField(first, context, subject, "certNo"),
    () => JSON.parse(JSON.stringify(first)),
  );
  const [checked, roundTrip] = whole.map((time) => time / all.length) as [number, number];
  return [
    rowOf({
      ...{ what: "a whole filing checked, per second", measured: perSecond(checked), unit: "filings/s" },
      beside: `${rules.length} rules: ${Math.round(perSecond(checked) * rules.length).toLocaleString("en")} rules/s`,
    }),
    rowOf({
      ...{ what: "the same, beside a round trip through JSON", measured: checked / roundTrip, unit: "×" },
      ...{ limit: 200, beside: `${checked.toFixed(2)} ms / ${roundTrip.toFixed(3)} ms` },
    }),
    rowOf({
      ...{ what: "one field checked, per second", measured: perSecond(field), unit: "fields/s" },
      beside: `${(field / plain).toFixed(2)} × a round trip of the filing`,
    }),
  ];
}
