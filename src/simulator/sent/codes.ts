import type { Element } from "../../gateways/bureau/xml.ts";
import { codesOf } from "../../vocabulary/code-overlay.ts";
import { type CodeRow, type Codes, codeTable } from "../../vocabulary/code-tables.ts";
import { children, provinces } from "../../vocabulary/divisions.ts";
import { line } from "../trees.ts";
import { INVENTED } from "./invented-codes.ts";

/** One row of 基础代码: what it is called by (Mc, or another element), and what further elements it has. */
export type BaseRow = { id: string; label: string; extra?: Record<string, string>; valid?: boolean };

/** A table: its wrapper, the element of its rows, the element of a row that holds the label, and its rows. */
type BaseTable = { name: string; row: string; label?: string; rows: () => BaseRow[] };

/** 运算代码: one bit for each row, so that several can be added up. */
const mask = (index: number): string => String(2n ** BigInt(index));

const fromTable =
  (id: string, extraOf: (row: CodeRow, index: number) => Record<string, string> = () => ({})) =>
  (): BaseRow[] =>
    codeTable(id).rows.map((row, index) => ({ id: row.code, label: row.zh, extra: extraOf(row, index) }));

/** 区域: the provinces and what lies in them; Lx is the level. */
const areas = (): BaseRow[] =>
  provinces.flatMap((province) => [
    { id: province.code, label: province.name, extra: { Lx: "1" } },
    ...children(province.code).flatMap((city) => [
      { id: city.code, label: city.name, extra: { Lx: "2" } },
      ...children(city.code).map(({ code, name }) => ({ id: code, label: name, extra: { Lx: "3" } })),
    ]),
  ]);

/** The administrations: one of each province. */
const bureaus = (): BaseRow[] =>
  codeTable("province").rows.map((row, index) => ({
    id: String(index + 1),
    label: `${row.zh}通信管理局`,
    extra: {
      Ysid: mask(index),
      Bm: row.letter ?? "",
      Shengid: row.code,
      Shengjc: row.abbreviation ?? "",
    },
  }));

/** 附件: whose it is. The specification counts from 0 here and from 1 in its schema; the schema is followed. */
const ownerOf = ({ owner }: CodeRow): Record<string, string> => ({ Ssdxlx: owner === "主体" ? "1" : "2" });

const masked = (_row: CodeRow, index: number): Record<string, string> => ({ Ysid: mask(index) });

/** In the order in which the specification has them. Of some no public source has the codes: those are invented. */
export const BASE_TABLES: readonly BaseTable[] = [
  { name: "Dwfl_dms", row: "Dwfl_xx", rows: () => INVENTED.Dwfl_dms },
  { name: "Dwxz_dms", row: "Dwxz_xx", rows: fromTable("unit_nature") },
  { name: "Qy_dms", row: "Qy_xx", rows: areas },
  { name: "Yjfk_Wtfls", row: "Wtfl_xx", label: "Fl1", rows: () => INVENTED.Yjfk_Wtfls },
  { name: "Gj_dms", row: "Gj_dm_xx", rows: bureaus },
  { name: "Hyfl_dms", row: "Hyfl_xx", rows: () => INVENTED.Hyfl_dms },
  { name: "Xzjb_dms", row: "Xzjb_xx", rows: () => INVENTED.Xzjb_dms },
  {
    name: "Zjlx_dms",
    row: "Zjlx_xx",
    rows: fromTable("cert_type", ({ natures }) => ({ Dwflid: natures?.[0] ?? "1" })),
  },
  {
    name: "Wzjylx_dms",
    row: "Wzjylx_xx",
    rows: fromTable("pre_approval", (row, index) => ({ ...masked(row, index), Sfqzsp: "1" })),
  },
  { name: "Wzfwlx_dms", row: "Wzfwlx_xx", rows: fromTable("site_service_content", masked) },
  { name: "Wzjrfs_dms", row: "Wzjrfs_xx", rows: fromTable("access_mode", masked) },
  { name: "Zxly_dms", row: "Zxly_xx", label: "Nr", rows: fromTable("cancel_reason") },
  { name: "Wbacl_dms", row: "Wbacl", label: "Ztmc", rows: () => INVENTED.Wbacl_dms },
  { name: "Hsyj_dms", row: "Hsyj", rows: () => INVENTED.Hsyj_dms },
  { name: "Ymlx_dms", row: "Ymlx", rows: () => INVENTED.Ymlx_dms },
  { name: "Fjwjgs_dms", row: "Fjwjgs", rows: fromTable("attachment_format") },
  { name: "Fjytlx_dms", row: "Fjzjlx", rows: fromTable("attachment_purpose", ownerOf) },
  { name: "Yylb_dms", row: "Yylb", rows: fromTable("site_language") },
];

/** What a file says otherwise than the tables do: another label, a row that is no longer valid, one that is new. */
export type CodeChange = {
  table: string;
  id: string;
  label?: string | undefined;
  valid?: boolean | undefined;
};

/** One for each row of a table, what was said last of its label and of its validity. */
function lastSaid(changes: readonly CodeChange[]): CodeChange[] {
  const last = new Map<string, CodeChange>();
  for (const one of changes) {
    const before = last.get(one.id);
    last.set(one.id, {
      ...one,
      label: one.label ?? before?.label,
      valid: one.valid ?? before?.valid,
    });
  }
  return [...last.values()];
}

function changed(name: string, rows: BaseRow[], changes: readonly CodeChange[]): BaseRow[] {
  const mine = lastSaid(changes.filter(({ table }) => table === name));
  const added = mine.filter(({ id }) => !rows.some((row) => row.id === id));
  return [
    ...rows.map((row) => {
      const change = mine.find(({ id }) => id === row.id);
      return change
        ? { ...row, label: change.label ?? row.label, valid: change.valid ?? row.valid ?? true }
        : row;
    }),
    ...added.map(({ id, label = id, valid = true }) => ({
      ...{ id, label, valid },
      extra: Object.fromEntries(Object.keys(rows[0]?.extra ?? {}).map((key) => [key, "1"])),
    })),
  ];
}

const rowElement = (
  { row, label = "Mc" }: BaseTable,
  { id, label: words, extra, valid }: BaseRow,
): Element => [
  row,
  [
    ...line("Id", id),
    ...line(label, words),
    ...Object.entries(extra ?? {}).flatMap(([name, text]) => line(name, text)),
    ...line("Sfyx", valid === false ? 0 : 1),
  ],
];

/** The codes that uploads may carry after the changes: what was ended is still taken, what is new is known. */
export const codesTaken = (changes: readonly CodeChange[]): Codes =>
  codesOf(
    BASE_TABLES.filter(({ name }) => changes.some(({ table }) => table === name)).map(({ name, rows }) => ({
      name,
      rows: changed(name, rows(), changes).map(({ id, label, valid = true }) => ({ code: id, label, valid })),
    })),
  );

/** The units that report (报备单位). */
const unitsOf = (units: readonly { id: number; name: string }[]): Element[] =>
  units.length === 0
    ? []
    : [
        [
          "Bbdwlb",
          units.map(
            ({ id, name }): Element => [
              "Bbdw",
              [...line("Id", id), ...line("Dwmc", name), ...line("Sfyx", 1)],
            ],
          ),
        ],
      ];

/** JCDM: the units and the named tables, all where none is named. */
export function baseCodes(
  units: readonly { id: number; name: string }[],
  names: readonly string[],
  changes: readonly CodeChange[],
): Element {
  const wanted = BASE_TABLES.filter(({ name }) => names.length === 0 || names.includes(name));
  return [
    "JCDM",
    [
      ...unitsOf(names.length === 0 ? units : []),
      [
        "Jcdm_xx",
        wanted.map(
          (table): Element => [
            table.name,
            changed(table.name, table.rows(), changes).map((row) => rowElement(table, row)),
          ],
        ),
      ],
    ],
  ];
}
