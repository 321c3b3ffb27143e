import { child, childrenOf, numberAt, type Tree, textAt } from "./xml.ts";

/** 负责人 as a record has it; what the bureau leaves out is not told. */
export type RecordPerson = {
  name?: string;
  officePhone?: string;
  mobile?: string;
  email?: string;
  msn?: string;
  qq?: string;
  certificateType?: number;
  certificateNumber?: string;
};

/** 前置或专项审批 without its scans. */
export type RecordApproval = { type: number; number: string };

/** What a record says of a subject beside ids and numbers. */
export type SubjectDetails = {
  certificate?: { type: number; number: string; address: string };
  /** Six-digit codes; `city` 0 where there is none. */
  area?: { province: number; city: number; county?: number };
  /** 通信地址 */
  address?: string;
  investor?: string;
  person?: RecordPerson;
  remark?: string;
};

/** What a record says of a website beside ids, numbers, domains and accesses. */
export type WebsiteDetails = {
  approvals?: RecordApproval[];
  serviceContents?: number[];
  languages?: number[];
  person?: RecordPerson;
  remark?: string;
};

/** Entries that are known; `undefined` values are left out so that two records can be compared. */
export const known = <T extends object>(entries: T): T =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as T;

/** The numbers in elements of a name; what is no number is left out. */
export const numbersOf = (tree: Tree | undefined, name: string): number[] =>
  childrenOf(tree, name)
    .map(({ text }) => text)
    .filter((text) => text !== "")
    .map(Number)
    .filter(Number.isSafeInteger);

/** Zt_xx beside ids and numbers. */
export const subjectDetails = (tree: Tree | undefined): SubjectDetails =>
  known({
    certificate: certificateOf(child(tree, "Zj")),
    area: areaOf(child(tree, "Txdz")),
    address: textAt(tree, "Txdz/Xxdz"),
    investor: textAt(tree, "Tzr"),
    person: personOf(child(tree, "Fzr")),
    remark: textAt(tree, "Bz"),
  });

/** Wz_xx beside ids, numbers, domains and accesses. */
export const websiteDetails = (tree: Tree): WebsiteDetails =>
  known({
    approvals: approvalsOf(child(tree, "Nrlx")),
    serviceContents: listIn(child(tree, "Fwnr"), "Fwnr_id"),
    languages: listIn(child(tree, "Yylb"), "Yylb_id"),
    person: personOf(child(tree, "Wz_Fzr")),
    remark: textAt(tree, "Wz_Bz"),
  });

const certificateOf = (tree: Tree | undefined): SubjectDetails["certificate"] =>
  tree && {
    type: numberAt(tree, "Zjlx") ?? 0,
    number: textAt(tree, "Zjhm") ?? "",
    address: textAt(tree, "Zjzs") ?? "",
  };

const areaOf = (tree: Tree | undefined): SubjectDetails["area"] => {
  const province = numberAt(tree, "Shengid");
  if (province === undefined) return undefined;
  const county = numberAt(tree, "Xianid");
  return { province, city: numberAt(tree, "Shiid") ?? 0, ...(county === undefined ? {} : { county }) };
};

/** The mobile number stands as Fzr_sjhm, in a 核实任务 as sjhm. */
const personOf = (tree: Tree | undefined): RecordPerson | undefined =>
  tree &&
  known({
    name: textAt(tree, "Fzr_xm"),
    officePhone: textAt(tree, "Fzr_dhhm"),
    mobile: textAt(tree, "Fzr_sjhm") ?? textAt(tree, "sjhm"),
    email: textAt(tree, "Fzr_dzyj"),
    msn: textAt(tree, "Msn"),
    qq: textAt(tree, "Qq"),
    certificateType: numberAt(tree, "Fzr_zjlx"),
    certificateNumber: textAt(tree, "Fzr_zjhm"),
  });

const approvalsOf = (tree: Tree | undefined): RecordApproval[] | undefined =>
  tree &&
  childrenOf(tree, "Nrlx_xx").flatMap((one) => {
    const type = numberAt(one, "Nrlx_id");
    return type === undefined ? [] : [{ type, number: textAt(one, "Qzsph") ?? "" }];
  });

/** A list that is not there is not told; one without entries is empty. */
const listIn = (tree: Tree | undefined, name: string): number[] | undefined => tree && numbersOf(tree, name);
