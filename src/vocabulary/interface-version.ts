import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../lib/project.ts";
import type { FilingKind } from "./filing.ts";

/** What a version of the bureau's interface says of itself, from its `version.json`. */
export type VersionData = {
  /** The document that describes it. */
  source: string;
  /** Limits of one file (一次上报), in bytes of its encoding, and the order of the operations in it. */
  file: { maxRecords: number; maxBytes: number; order: string[] };
  /** Codes and values that it has a place for. */
  carries: {
    serviceTypes: string[];
    messengers: string[];
    ipv6: boolean;
    homePageLength: number;
    /** Document types of the subject, by the kinds of filings that do not take all. */
    certTypes: Partial<Record<FilingKind, string[]>>;
  };
  /** Result codes (Jgdm) that approve, and those that reject the whole file or our right to send it. */
  results: { approved: number[]; fileRejected: number[] };
};

/** The version that the simulator speaks, and that a bureau has where nothing else is said. */
export const DEFAULT_VERSION = "V.3.0";

/** Folders that hold one of each version. Ours is the first; a test adds its own. */
export const versionFolders: string[] = [projectPath("src/gateways/bureau/versions")];

/** No folder describes this version. */
export class UnknownVersion extends Error {
  override name = "UnknownVersion";
  constructor(version: string) {
    super(`unknown version of the interface: ${version}; known are ${knownVersions().join(", ")}`);
  }
}

const namesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/** The versions that can be spoken, by the folders that describe them. */
export const knownVersions = (): string[] => versionFolders.flatMap(namesIn).sort();

/** Text of a file of a version; throws `UnknownVersion`. */
export function readVersionFile(version: string, name: string): string {
  const folder = versionFolders.find((one) => namesIn(one).includes(version));
  if (folder === undefined) throw new UnknownVersion(version);
  return readFileSync(join(folder, version, name), "utf8");
}

const versions = new Map<string, VersionData>();

/** A version, read once a process; throws `UnknownVersion`. */
export function versionData(version: string): VersionData {
  const read = versions.get(version);
  if (read) return read;
  const data = JSON.parse(readVersionFile(version, "version.json")) as VersionData;
  versions.set(version, data);
  return data;
}
