import { fork } from "node:child_process";
import { createCipheriv } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";
import { account, bytesOf, makeFiles } from "./bureau-files.ts";
import { endToEnd } from "./bureau-whole.ts";
import { type Row, rowOf } from "./row.ts";

/** How many filings go to the bureau in one go. */
const COUNTS = [1, 100, 1000];

const millisecondsOf = async (work: () => unknown): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

/** What nobody can do without: zip, AES and base64 of the same bytes. */
function raw(files: readonly Buffer[]): void {
  for (const bytes of files) {
    const zip = zipSync({ "P.xml": bytes });
    const cipher = createCipheriv("aes-128-cbc", account.aesKey, account.aesIv);
    Buffer.concat([cipher.update(zip), cipher.final()]).toString("base64");
  }
}

async function memoryOf(count: number): Promise<{ megabytes: number; sent: number }> {
  const child = fork(fileURLToPath(new URL("bureau-memory.ts", import.meta.url)), [String(count)], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const [told] = await once(child, "message");
  return told as { megabytes: number; sent: number };
}

async function filesRows(count: number): Promise<Row[]> {
  await makeFiles(1);
  const made = await makeFiles(count);
  const ours = await millisecondsOf(() => makeFiles(count));
  const plain = await millisecondsOf(() => raw(bytesOf(made)));
  const { megabytes, sent } = await memoryOf(count);
  const files = `${made.files.length} ${made.files.length === 1 ? "file" : "files"}, ${(sent / 2 ** 20).toFixed(1)} MB sent`;
  return [
    rowOf({
      ...{
        what: `${count} filings with pictures: built, checked, zipped, encrypted`,
        measured: ours / plain,
      },
      ...{ unit: "× zip + AES + base64", limit: 3 },
      beside: `${ours.toFixed(0)} ms / ${plain.toFixed(0)} ms; ${files}`,
    }),
    rowOf({
      what: `${count} filings: memory while they are made`,
      measured: megabytes,
      unit: "MB",
      limit: 300,
    }),
  ];
}

/** How fast packages are made, sent and answered, each figure beside zip + AES + base64 of the same bytes. */
export async function bench(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const count of COUNTS) rows.push(...(await filesRows(count)));
  for (const count of COUNTS) {
    const { submit, apply, filings, bytes } = await endToEnd(count);
    const plain = await millisecondsOf(() => raw(bytes));
    rows.push(
      rowOf({
        ...{
          what: `${count} filings: from the queue into the bureau`,
          measured: (filings / submit) * 60_000,
        },
        ...{ unit: "filings/min", beside: `${submit.toFixed(0)} ms, the simulator's share in it` },
      }),
      rowOf({
        ...{ what: `${count} filings: answers fetched and applied`, measured: (filings / apply) * 60_000 },
        ...{ unit: "filings/min", beside: `${apply.toFixed(0)} ms` },
      }),
      rowOf({
        ...{ what: `${count} filings: end to end`, measured: (filings / (submit + apply)) * 60_000 },
        unit: "filings/min",
        beside: `${((submit + apply) / plain).toFixed(1)} × zip + AES + base64 of the same bytes (${plain.toFixed(0)} ms)`,
      }),
    );
  }
  return rows;
}
