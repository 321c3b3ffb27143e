import {
  type Attachment,
  filingPasswordHash,
  type Operation,
  type Website,
} from "../../../src/gateways/bureau/index.ts";
import { jpeg, sampleFiling } from "./sample.ts";

type OperationOf<Kind extends Operation["kind"]> = Extract<Operation, { kind: Kind }>;

const formOf = (owner: Attachment["owner"]): Attachment => ({ format: 1, purpose: 1, bytes: jpeg(), owner });
const photoOf = (owner: Attachment["owner"]): Attachment => ({ format: 1, purpose: 5, bytes: jpeg(), owner });

/** A website that is not on record yet; ids from `id` on. */
export function sampleWebsite(id = 200, domain = "qingshan-shop.cn"): Website {
  const [website] = sampleFiling({ id: id - 1, domain }).websites;
  if (!website) throw new Error("the sample has no website");
  return { ...website, names: ["青山商城"] };
}

/** 新增网站 to the subject 9000001. */
export const sampleAdd = (change: Partial<OperationOf<"add">> = {}): OperationOf<"add"> => ({
  kind: "add",
  subject: { bureauId: 9_000_001 },
  websites: [sampleWebsite()],
  attachments: [formOf({ kind: "website", id: 200 }), photoOf({ kind: "subject", id: 100 })],
  ...change,
});

/** 新增接入 to a website that another provider filed. */
export const sampleJoin = (change: Partial<OperationOf<"join">> = {}): OperationOf<"join"> => ({
  kind: "join",
  website: { number: "浙ICP备2019900001号-1" },
  access: {
    id: 300,
    places: [34],
    modes: [5],
    ips: [{ id: 301, from: "106.2.76.9", to: "106.2.76.10" }],
  },
  attachments: [formOf({ kind: "website", id: 1 }), photoOf({ kind: "subject", id: 2 })],
  passwordHash: filingPasswordHash("Example1"),
  ...change,
});

/** 变更备案 of the sample filing as it may stand on record: a domain and a range that the bureau knows, and new ones. */
export function sampleChange(change: Partial<OperationOf<"change">> = {}): OperationOf<"change"> {
  const { subject, websites } = sampleFiling();
  const [site] = websites;
  if (!site) throw new Error("the sample has no website");
  return {
    kind: "change",
    subject: { ...subject, bureauId: 9_000_001, number: "浙ICP备2026000001号" },
    websites: [
      {
        ...site,
        bureauId: 9_000_002,
        number: "浙ICP备2026000001号-1",
        domains: [
          { id: 102, bureauId: 9_000_003, name: "qingshan-tea.cn" },
          { id: 112, name: "qingshan-tea.com.cn" },
        ],
        accesses: [
          {
            id: 103,
            bureauId: 9_000_004,
            places: [34],
            modes: [5],
            ips: [
              { id: 104, bureauId: 9_000_005, from: "106.2.76.2", to: "106.2.76.2" },
              { id: 114, from: "106.2.76.20", to: "106.2.76.29" },
            ],
          },
        ],
      },
    ],
    attachments: [formOf({ kind: "website", id: 101 }), photoOf({ kind: "subject", id: 100 })],
    ...change,
  };
}

/** 注销网站. */
export const sampleCancel = (change: Partial<OperationOf<"cancel">> = {}): OperationOf<"cancel"> => ({
  kind: "cancel",
  of: "website",
  bureauId: 9_000_002,
  reason: 1,
  explanation: "网站不再使用",
  passwordHash: filingPasswordHash("Example1"),
  ...change,
});

/** 单独提交核验材料, by number and by id. */
export const sampleSupplement = (): OperationOf<"supplement"> => ({
  kind: "supplement",
  attachments: [
    formOf({ kind: "website", ref: { number: "浙ICP备2026000001号-1" } }),
    photoOf({ kind: "subject", ref: { bureauId: 9_000_001 } }),
  ],
});

/** 核实结果 on what `sampleChange` has on record. */
export function sampleInquiryAnswer(
  change: Partial<OperationOf<"inquiry-answer">> = {},
): OperationOf<"inquiry-answer"> {
  const { subject, websites } = sampleChange();
  const [site] = websites;
  const [access] = site?.accesses ?? [];
  if (!site || !access) throw new Error("the sample has no website");
  return {
    kind: "inquiry-answer",
    correct: true,
    checkedBy: "周海燕",
    checkedOn: "2026-11-20",
    unit: 1001,
    opinion: 1,
    subject,
    websites: [
      {
        ...site,
        domains: site.domains.slice(0, 1),
        accesses: [{ ...access, ips: access.ips.slice(0, 1) }],
      },
    ],
    ...change,
  };
}

/** 未备案网站处理结果. */
export const sampleUnfiledSiteAnswer = (
  change: Partial<OperationOf<"unfiled-site-answer">> = {},
): OperationOf<"unfiled-site-answer"> => ({
  kind: "unfiled-site-answer",
  domain: "unfiled.cn",
  ip: "106.2.76.9",
  operator: "2",
  accessProvider: "1001",
  province: 330000,
  result: 1,
  opinion: "已断开接入",
  reportedOn: "2026-11-01",
  dueOn: "2026-11-30",
  contact: { name: "周海燕", phone: "0571-88990022", email: "zhou@example.cn" },
  ...change,
});

/** One of each kind. */
export function sampleOperations(): Record<Operation["kind"], Operation> {
  const { ispId: _, ...first } = sampleFiling();
  return {
    first: { kind: "first", ...first },
    add: sampleAdd(),
    join: sampleJoin(),
    change: sampleChange(),
    cancel: sampleCancel(),
    supplement: sampleSupplement(),
    "inquiry-answer": sampleInquiryAnswer(),
    "unfiled-site-answer": sampleUnfiledSiteAnswer(),
  };
}
