import type { ReadDocument } from "../../src/vocabulary/filing.ts";
import type { Case, Change } from "./cases.ts";
import { company, individual, leader } from "./sample.ts";

type Slot = "certificate" | "leader" | "siteLeader";

/** The faultless filing where this was read on the picture of a slot. */
const read = (slot: Slot, document: ReadDocument, over: Change = {}): Change => ({
  ...over,
  edit: ({ materials }) => {
    const material = materials.find((one) => one.slot === slot);
    if (material) material.read = document;
  },
});
const licence = (facts: Partial<ReadDocument>, over?: Change): Change =>
  read("certificate", { kind: "businessLicence", ...facts }, over);
const card = (facts: Partial<ReadDocument>, over?: Change, slot: Slot = "leader"): Change =>
  read(slot, { kind: "identityCard", ...facts }, over);

const own = String(company.idNo);
const other = "330106199001152139";

/** Rules about what was read on pictures of documents. Today is 24 November 2026. */
export const recognisedCases: Record<string, Case> = {
  "reading-differs": {
    says: /^身份证照片上读到的证件号码和填写的不同，请核对$/,
    field: "idNo",
    bad: card({ number: other }),
    good: card({ number: own, name: "张三", until: "2040-01-01" }),
    edge: [
      { change: card({ number: own.toLowerCase() }), finds: false },
      { change: card({}), finds: false },
      { change: licence({ name: "示例茶业(杭州)有限公司", number: "91330108MA2EXAMP08" }), finds: false },
      { change: licence({ name: "示例茶业（宁波）有限公司" }), finds: true },
      { change: licence({ name: "示例 茶业（杭州）有限公司 " }), finds: false },
      { change: licence({ person: "李四" }), finds: true },
      { change: licence({ person: "李四" }, { subject: { leaderAuthorised: "1" } }), finds: false },
      // A letter misread, or the province left out, is the same place; another street is another.
      { change: licence({ address: "杭州市滨江区示例路100号3幢201宣" }), finds: false },
      { change: licence({ address: "浙江省杭州市上城区无名街7号" }), finds: true },
      { change: card({ number: other }, { subject: { idNo: "" } }), finds: false },
      { change: card({ number: other }, { website: leader }, "siteLeader"), finds: true },
      { change: card({ number: other }, {}, "siteLeader"), finds: false },
      { change: card({ name: "李四" }, { subject: individual }, "certificate"), finds: true },
      { change: card({ name: "张三" }, { subject: individual }, "certificate"), finds: false },
    ],
  },
  "reading-ending": {
    says: /有效期不到3个月了/,
    field: "idValidUntil",
    bad: card({ from: "2017-02-23", until: "2027-02-23" }),
    good: card({ from: "2017-02-24", until: "2027-02-24" }),
    edge: [
      { change: card({ until: "长期" }), finds: false },
      { change: card({ until: "2026-11-23" }, { subject: { idValidUntil: "" } }), finds: true },
      { change: card({ until: "2026-12-01" }, { subject: { idValidUntil: "2026-12-01" } }), finds: false },
      { change: licence({ until: "2026-11-24" }), finds: false },
      { change: licence({ until: "2026-11-23" }), finds: true },
    ],
  },
};
