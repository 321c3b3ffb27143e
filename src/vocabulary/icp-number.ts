import { fold } from "../lib/text.ts";
import { codeTable } from "./code-tables.ts";
import { provinceByAbbreviation } from "./divisions.ts";

const signs = codeTable("province")
  .rows.flatMap((row) => [row.abbreviation ?? "", ...(row.otherAbbreviations ?? [])])
  .join("");

/** 8 digits: two of the year and six; 10 digits: four of the year and six. */
const NUMBER = new RegExp(`^([${signs}])ICP(备|证)(\\d{6}|\\d{8}|\\d{10})号?(?:-([1-9]\\d{0,4})([AXK])?)?$`);

const SERVICES = { "": "1", A: "6", X: "7", K: "8" } as const;

export type IcpNumber = {
  /** Six-digit code, and the sign as written. */
  province: string;
  sign: string;
  /** 备: filed; 证: licensed (经营性). */
  kind: "备" | "证";
  serial: string;
  /** Of a website, app, mini program or quick app; undefined in a subject's number (主体备案号). */
  index: number | undefined;
  /** Code of the table service_type. */
  serviceType: "1" | "6" | "7" | "8" | undefined;
};

/** Reads 浙ICP备12345678号, 浙ICP备2023001048号-2A, also with blanks or full-width signs; undefined if it is none. */
export function parseIcpNumber(text: string): IcpNumber | undefined {
  const compact = fold(text).replace(/\s/g, "").toUpperCase();
  const [, sign = "", kind, serial = "", index, suffix = ""] = NUMBER.exec(compact) ?? [];
  const province = provinceByAbbreviation(sign);
  if (!province || (kind === "备" && serial.length === 6)) return undefined;
  return {
    province,
    sign,
    kind: kind === "证" ? "证" : "备",
    serial,
    index: index ? Number(index) : undefined,
    serviceType: index ? SERVICES[suffix as keyof typeof SERVICES] : undefined,
  };
}

/** Writes it in the usual form; `main` leaves out what follows 号. */
export function formatIcpNumber(number: IcpNumber, main = false): string {
  const subject = `${number.sign}ICP${number.kind}${number.serial}号`;
  if (main || number.index === undefined) return subject;
  const suffix = Object.entries(SERVICES).find(([, code]) => code === number.serviceType)?.[0] ?? "";
  return `${subject}-${number.index}${suffix}`;
}
