import { readFileSync } from "node:fs";
import { recordXml } from "../../src/gateways/bureau/index.ts";
import { DEFAULT_VERSION } from "../../src/gateways/bureau/versions.ts";
import { filingWithPictures, makeFiles } from "./bureau-files.ts";

/*
 * Makes files in a process of its own and says how much memory that took at most, over what one record takes.
 */
/** Kilobytes of this program at most; `maxRSS` would count its parent's, which Linux passes on (proc(5), VmHWM). */
const peak = (): number => Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);

const count = Number(process.argv[2] ?? 1);
recordXml(filingWithPictures(0), DEFAULT_VERSION);
const before = peak();
const { sent } = await makeFiles(count, { forget: true });
process.send?.({ megabytes: (peak() - before) / 1024, sent });
