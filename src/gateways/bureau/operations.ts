/** 负责人. Telephones are digits and `-`, several with `;` between. */
export type Person = {
  name: string;
  officePhone?: string;
  mobile: string;
  email: string;
  msn?: string;
  qq?: string;
  certificateType?: number;
  certificateNumber?: string;
};

/** 主体. `id` is ours, and comes back with the result. Areas are six-digit codes of GB/T 2260. */
export type Subject = {
  id: number;
  name: string;
  nature: number;
  investor?: string;
  area: { province: number; city: number; county?: number };
  address?: string;
  certificate: { type: number; number: string; address: string };
  person: Person;
  /** 自行报备 0, 代为报备 1. */
  reportedBy: 0 | 1;
  remark?: string;
};

/** 接入, with ranges of IPv4 addresses; a single address has `from` equal to `to`. */
export type Access = {
  id: number;
  places: number[];
  modes: number[];
  ips: { id: number; from: string; to: string }[];
};

/** 前置或专项审批, with its scans as JPEG. */
export type Approval = { type: number; number: string; scans: Uint8Array[] };

/** 网站. */
export type Website = {
  id: number;
  names: string[];
  approvals: Approval[];
  serviceContents: number[];
  languages: number[];
  domains: { id: number; name: string }[];
  accesses: Access[];
  person: Person;
  homePage?: string;
  remark?: string;
};

/** What is on record, by its number (备案号) or by the bureau's own id (Ztid, Wzid). */
export type RecordRef = { number: string } | { bureauId: number };

/**
 * What an attachment belongs to: by our id of something in the same upload, or as it is on record. `ref` cannot be used
 * in a first filing, where nothing is on record yet.
 */
export type AttachmentOwner =
  | { kind: "subject" | "website"; id: number; ref?: undefined }
  | { kind: "subject" | "website"; id?: undefined; ref: RecordRef };

/** 附件; `format` 1 JPG, 2 PNG; `purpose` a code of the table attachment_purpose (Fjyt). */
export type Attachment = {
  format: number;
  purpose: number;
  bytes: Uint8Array;
  owner: AttachmentOwner;
  remark?: string;
};

/** 主体 as it shall be after a change, with its id and number at the bureau. */
export type ChangedSubject = Subject & { bureauId: number; number: string };

/**
 * 网站 as it shall be after a change. A domain or an address range without `bureauId` is new; an access must be known
 * to the bureau, as a new one is a matter of 新增接入.
 */
export type ChangedWebsite = Omit<Website, "domains" | "accesses"> & {
  bureauId: number;
  number: string;
  domains: { id: number; bureauId?: number; name: string }[];
  accesses: (Omit<Access, "ips"> & {
    bureauId: number;
    ips: { id: number; bureauId?: number; from: string; to: string }[];
  })[];
};

/**
 * 核实结果 (HSJG), the answer to a 核实任务 (HSRW). Everything in it goes by the bureau's ids, so each domain, access and
 * address range must have one; our ids, the numbers and the languages have no element here.
 */
export type InquiryAnswer = {
  kind: "inquiry-answer";
  /** The data is right (通过, Hsjg 0) or wrong (拒绝, 1). */
  correct: boolean;
  /** Name of who checked (Hsrxm), and the day (Hssj) as YYYY-MM-DD. */
  checkedBy: string;
  checkedOn: string;
  /** Number of the provider at the bureau (Bbdw). */
  unit: number;
  /** Code of the bureau's list of opinions (核实意见, Hsyj_dms). */
  opinion: number;
  /** What is wrong, in words (Cwxx). */
  faults?: string;
  subject: ChangedSubject;
  websites: ChangedWebsite[];
};

/** 未备案网站处理结果 (WBACLJG), the answer to an entry of 未备案网站 (WBAWZLB). Days are YYYY-MM-DD. */
export type UnfiledSiteAnswer = {
  kind: "unfiled-site-answer";
  domain: string;
  /** IPv4, dotted. */
  ip: string;
  /** 运营商 (Yys) and 接入商 (Jrs): ids of the bureau's list of units, in digits. */
  operator: string;
  accessProvider: string;
  province: number;
  /** Code of the bureau's list (未备案处理状态, Wbacl_dms), and the opinion in words. */
  result: number;
  opinion: string;
  /** Day of the entry (Rbsj) and the day by which it must be dealt with (Clsx). */
  reportedOn: string;
  dueOn: string;
  /** Who reports. */
  contact?: { name?: string; phone?: string; email?: string };
};

/**
 * One operation on a filing (企业系统接口规范 V3.0, 4-1-1). `passwordHash` is the filing password (备案密码) as the lower
 * case hexadecimal text of its MD5, see `filingPasswordHash`.
 * - `first` 新增备案 · `add` 新增网站 · `join` 新增接入 · `change` 变更备案, always the whole image of subject and websites
 * - `cancel` 注销主体, 注销网站, 取消接入: `bureauId` is the bureau's id of it; `reason` a code of the bureau's list (Zxly)
 * - `supplement` 单独提交核验材料; an owner's `id` counts as an id that the bureau knows (Jlid)
 */
export type Operation =
  | { kind: "first"; subject: Subject; websites: Website[]; attachments: Attachment[] }
  | {
      kind: "add";
      subject: RecordRef;
      websites: Website[];
      attachments: Attachment[];
      passwordHash?: string;
    }
  | { kind: "join"; website: RecordRef; access: Access; attachments: Attachment[]; passwordHash: string }
  | {
      kind: "change";
      subject: ChangedSubject;
      websites: ChangedWebsite[];
      attachments: Attachment[];
      passwordHash?: string;
    }
  | {
      kind: "cancel";
      of: "subject" | "website" | "access";
      bureauId: number;
      reason: number;
      explanation?: string;
      passwordHash?: string;
    }
  | { kind: "supplement"; attachments: Attachment[] }
  | InquiryAnswer
  | UnfiledSiteAnswer;

/** One upload: `ispId` is the number of the provider at the bureau (Qqdwid). */
export type Upload = { ispId: number; operation: Operation; version?: string };

/** 备案操作类型 (Czlx) as results carry it; `cancel` by what is cancelled. Answers have none, here 0. */
export const operationCodes = {
  first: 1,
  add: 2,
  join: 3,
  change: 4,
  cancel: { access: 5, subject: 6, website: 7 },
  supplement: 35,
  "inquiry-answer": 0,
  "unfiled-site-answer": 0,
} as const;

/** Czlx of an operation. */
export const operationCode = (operation: Pick<Operation, "kind"> | Operation): number =>
  "of" in operation
    ? operationCodes.cancel[operation.of]
    : operationCodes[operation.kind as Exclude<Operation["kind"], "cancel">];

/** 注销类别 (Zxlb), the same in both directions. */
export const cancelCodes = { subject: 0, website: 1, access: 2 } as const;
