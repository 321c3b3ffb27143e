import { recordXml } from "../../src/gateways/bureau/index.ts";
import { DEFAULT_VERSION } from "../../src/gateways/bureau/versions.ts";
import { filingWithPictures, makeFiles } from "./bureau-files.ts";

/*
 * Makes files in a process of its own and says how much memory that took at most, over what one record takes.
 */
const count = Number(process.argv[2] ?? 1);
recordXml(filingWithPictures(0), DEFAULT_VERSION);
const before = process.resourceUsage().maxRSS;
const { sent } = await makeFiles(count);
const { maxRSS } = process.resourceUsage();
process.send?.({ megabytes: (maxRSS - before) / 1024, sent });
