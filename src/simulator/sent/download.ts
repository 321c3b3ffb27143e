import { checkSchema, INTERFACE_VERSION } from "../../gateways/bureau/index.ts";
import { type Element, writeXml } from "../../gateways/bureau/xml.ts";

/** A file for a provider. Whatever is written here must fit our own schema of downloads, or it is a mistake of ours. */
export function downloadXml(group: Element): string {
  const xml = writeXml(["DownloadData", [group]], { version: INTERFACE_VERSION });
  const [problem] = checkSchema("download", xml);
  if (problem) throw new Error(`download breaks its schema at ${problem.xpath}: ${problem.rule}`);
  return xml;
}

/** One list of ICP, such as XGTZ. */
export const icpXml = (name: string, entries: readonly Element[]): string =>
  downloadXml(["ICP", [[name, entries]]]);
