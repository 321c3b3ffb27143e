import { shownTo } from "../content.ts";
import type { Draft } from "../drafts.ts";
import type { Office } from "../office.ts";
import { type SubjectRecord, sitesOf } from "../records.ts";
import { standingRecords } from "../state.ts";
import { baseCodes } from "./codes.ts";
import { downloadXml } from "./download.ts";

const chunksOf = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );

/** 数据同步: everything on record to which a provider has an access, in as many files as it takes; or all tables of codes. */
export function copyDrafts(office: Office, ispId: number, of: "records" | "codes", perFile: number): Draft[] {
  const file = { kind: "copy" as const, availableAt: Date.now() };
  const to = { ispId, province: "" };
  if (of === "codes")
    return [{ to, file, xml: downloadXml(["SJTB", [baseCodes([], [], office.state.codes)]]) }];
  const records = standingRecords(office.state).filter((record) => sitesOf(record, ispId).length > 0);
  return chunksOf(records, perFile).map((some) => ({ to, file, xml: copyXml(office, some, ispId) }));
}

const copyXml = (office: Office, records: SubjectRecord[], ispId: number): string =>
  downloadXml([
    "SJTB",
    [
      [
        "ICP",
        records.map((record) => {
          const siteIds = sitesOf(record, ispId).map(({ id }) => id);
          return shownTo(office.cabinet.contentOf(record), ispId, siteIds);
        }),
      ],
    ],
  ]);
