import { compact, length, normalise } from "../lib/text.ts";
import type { ProductInput } from "../models/product/upsert.ts";
import { codeTable, offeredRows } from "../vocabulary/code-tables.ts";
import { provinceShortName } from "../vocabulary/divisions.ts";
import { parseIpRange } from "../vocabulary/ip-address.ts";
import {
  isProductType,
  productType,
  productTypes,
  type StoredTypeName,
  storedTypeNames,
} from "../vocabulary/product-types.ts";

/** The columns of a table of products, in the order of the template. */
export const productColumns = {
  type: {
    label: "产品类型",
    note: storedTypeNames.map((name) => productTypes[name].label).join("、"),
    required: true,
  },
  key: {
    label: "账户",
    note: "云服务器填公网IP，虚拟主机填FTP用户名，云建站填后台账户，IDC主机填订单号，代理平台填域名",
    required: true,
  },
  secret: {
    label: "密码",
    note: "云服务器、虚拟主机、云建站必填；更新已有产品时留空表示不改",
    required: false,
  },
  name: { label: "产品名称", note: "客户认得出的名称", required: true },
  customer: { label: "客户账号", note: "选填，客户在您系统里的账号", required: false },
  owner: { label: "备案用户名", note: "选填，产品属于备案系统的哪个用户", required: false },
  ips: {
    label: "IP地址",
    note: "公网地址或“开始-结束”，多个用分号分开；IDC主机和代理平台必填",
    required: false,
  },
  place: { label: "服务器放置地", note: "省名或六位代码，例如浙江或330000", required: false },
  mode: {
    label: "接入方式",
    // Those in force when it is asked for.
    get note() {
      return offeredRows("access_mode")
        .map(({ zh }) => zh)
        .join("、");
    },
    required: false,
  },
  quota: { label: "网站数", note: "可以备案几个网站，不填是1", required: false },
  until: { label: "有效期至", note: "选填，最后一天，例如2027-12-31", required: false },
  state: { label: "状态", note: "启用或停用，不填是启用", required: false },
} as const;

export type ProductColumn = keyof typeof productColumns;
export const productColumnNames = Object.keys(productColumns) as ProductColumn[];

/** One row as texts; a column that is not there is "". */
export type ProductRow = Record<ProductColumn, string>;

/** What is wrong with a column: never what was typed there, which may be a secret. */
export type ProductProblem = { column: ProductColumn; text: string };

const LONGEST = 100;
const MOST_PLACES = 10_000;

type Reader<Value> = (row: ProductRow, tell: (column: ProductColumn, text: string) => void) => Value;

const readType: Reader<StoredTypeName | undefined> = (row, tell) => {
  const word = compact(row.type);
  const name = storedTypeNames.find((one) => one === word || compact(productTypes[one].label) === word);
  if (!name)
    tell(
      "type",
      word === "" ? "没有填" : isProductType(word) ? "授权码不能导入，请在系统里生成" : "不是已知的产品类型",
    );
  return name;
};

const readText =
  (column: ProductColumn): Reader<string | null> =>
  (row, tell) => {
    const value = normalise(row[column]);
    if (productColumns[column].required && value === "") tell(column, "没有填");
    if (length(value) > LONGEST) tell(column, `超过${LONGEST}个字`);
    return value === "" ? null : value;
  };

const readIps: Reader<string[]> = (row, tell) => {
  const parts = row.ips
    .split(/[;；,，、\n]+/)
    .map((part) => compact(part))
    .filter(Boolean);
  const ranges = parts.map(parseIpRange);
  if (ranges.some((range) => !range.ok)) tell("ips", "有一个不是公网IP地址或地址段");
  if (parts.length > LONGEST) tell("ips", `超过${LONGEST}个`);
  return ranges.flatMap((range) =>
    range.ok ? [range.start === range.end ? range.first : `${range.first}-${range.last}`] : [],
  );
};

const readPlace: Reader<string | null> = (row, tell) => {
  const word = compact(row.place);
  if (word === "") return null;
  const found = codeTable("province").rows.find(({ code, zh }) =>
    [code, zh, provinceShortName(code)].includes(word),
  );
  if (!found) tell("place", "不是省名或省的代码");
  return found?.code ?? null;
};

const readMode: Reader<string | null> = (row, tell) => {
  const word = compact(row.mode);
  if (word === "") return null;
  const found = offeredRows("access_mode").find(({ code, zh }) => [code, zh].includes(word));
  if (!found) tell("mode", "不是已知的接入方式");
  return found?.code ?? null;
};

const readQuota: Reader<number> = (row, tell) => {
  const word = compact(row.quota);
  const fits = /^\d{1,5}$/.test(word) && Number(word) <= MOST_PLACES;
  if (word !== "" && !fits) tell("quota", `不是0到${MOST_PLACES}的整数`);
  return word === "" ? 1 : Number(word);
};

const readUntil: Reader<string | null> = (row, tell) => {
  const word = compact(row.until);
  if (word === "") return null;
  const [, year = "", month = "", day = ""] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(word) ?? [];
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${iso}T00:00:00Z`);
  const real = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
  if (!real) tell("until", "不是日期，例如2027-12-31");
  return real ? iso : null;
};

const states = new Map<string, ProductInput["state"]>([
  ...(["", "启用", "active"] as const).map((word) => [word, "active"] as const),
  ...(["停用", "retired"] as const).map((word) => [word, "retired"] as const),
]);

const readState: Reader<ProductInput["state"]> = (row, tell) => {
  const state = states.get(compact(row.state));
  if (!state) tell("state", "不是启用或停用");
  return state ?? "active";
};

/** The account or the like, in the spelling of its type. */
function readKey(type: StoredTypeName, ...[row, tell]: Parameters<Reader<string>>): string {
  const { key } = productType(type);
  const value = key.clean(row.key);
  if (row.key.trim() === "") tell("key", "没有填");
  else if (value === "") tell("key", `不是正确的${key.label}`);
  else if (length(value) > LONGEST) tell("key", `超过${LONGEST}个字`);
  return value;
}

function readSecret(type: StoredTypeName, ...[row, tell]: Parameters<Reader<string>>): string | null {
  const { proof, proves } = productType(type);
  const value = proof?.clean(row.secret) ?? "";
  if (proves !== "secret" || value === "") return null;
  if (length(value) > LONGEST) tell("secret", `超过${LONGEST}个字`);
  return value;
}

/** One product out of texts, or everything that is wrong with them. `product` is there exactly when nothing is. */
export function readProduct(row: ProductRow): { product?: ProductInput; problems: ProductProblem[] } {
  const problems: ProductProblem[] = [];
  const tell = (column: ProductColumn, text: string): void => void problems.push({ column, text });
  const type = readType(row, tell);
  const common = {
    name: readText("name")(row, tell) ?? "",
    customerAccount: readText("customer")(row, tell),
    owner: readText("owner")(row, tell),
    ips: readIps(row, tell),
    serverPlace: readPlace(row, tell),
    accessMode: readMode(row, tell),
    quota: readQuota(row, tell),
    validUntil: readUntil(row, tell),
    state: readState(row, tell),
  };
  if (!type) return { problems };
  const key = readKey(type, row, tell);
  const secret = readSecret(type, row, tell);
  const ips = type === "cloud_server" && common.ips.length === 0 && key ? [key] : common.ips;
  if (productType(type).proves === "address" && ips.length === 0 && row.ips.trim() === "")
    tell("ips", "没有填，这类产品靠IP地址核验");
  return problems.length > 0 ? { problems } : { product: { type, key, secret, ...common, ips }, problems };
}

/** Why a row that reads well can't be written. */
export const writingProblems: Record<"secret_missing" | "owner_unknown", ProductProblem> = {
  secret_missing: { column: "secret", text: "没有填，新的产品要有密码" },
  owner_unknown: { column: "owner", text: "没有这个备案用户" },
};
