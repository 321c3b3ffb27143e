import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { BureauRecord } from "../../../src/gateways/bureau/index.ts";
import { recordDifferences } from "../../../src/models/record/differences.ts";
import type { Writing } from "../../../src/models/record/write.ts";
import * as sample from "../../rules/sample.ts";

const test = suite("the bureau's record beside ours");

const sent: Writing["sent"] = {
  sections: [
    { id: 1, kind: "subject", parentId: null, position: 1, values: sample.company },
    { id: 2, kind: "website", parentId: null, position: 1, values: sample.website },
    { id: 3, kind: "access", parentId: 2, position: 1, values: sample.access },
  ],
  materials: [],
};
const ids: Writing["ids"] = {
  domains: [{ id: 4, sectionId: 2, domain: "example.cn" }],
  ips: [
    { id: 5, sectionId: 3, first: "203.0.113.18", last: "203.0.113.18" },
    { id: 6, sectionId: 3, first: "2001:db8::1", last: "2001:db8::1" },
  ],
};

const theirs = (): BureauRecord => ({
  subject: {
    ourId: 1,
    bureauId: 101,
    name: "示例茶业（杭州）有限公司",
    nature: 4,
    number: "浙ICP备2026000001号",
  },
  websites: [
    {
      ...{
        ourId: 2,
        bureauId: 102,
        name: "示例茶叶商城",
        number: "浙ICP备2026000001号-1",
        homePage: "www.example.cn",
      },
      domains: [{ ourId: 4, bureauId: 104, name: "EXAMPLE.cn" }],
      accesses: [
        {
          ...{ ourId: 3, bureauId: 103, places: [34], modes: [5] },
          ips: [{ ourId: 5, bureauId: 105, from: "203.0.113.18", to: "203.0.113.18" }],
        },
      ],
    },
  ],
  remark: "",
  raw: { name: "Baxx", attributes: {}, text: "", children: [] },
});

const differences = (change: (record: BureauRecord) => void) => {
  const record = theirs();
  change(record);
  return recordDifferences({ sent, ids, record });
};

const site = (record: BureauRecord) => record.websites[0] as BureauRecord["websites"][number];

test("agrees where nothing differs; addresses of IPv6 were never sent", () => {
  assert.equal(
    differences(() => undefined),
    [],
  );
});

test("names the places that differ and no value", () => {
  const found = differences((record) => {
    record.subject.name = "另一家公司";
    site(record).name = "别的网站";
    site(record).domains.push({ name: "other.cn" });
    (site(record).accesses[0] as { modes: number[] }).modes = [2];
  });
  assert.equal(found, ["主办单位名称", "网站2的网站名称", "网站2的域名", "接入3的接入方式"]);
});

test("says which website is missing and which is none of ours", () => {
  const found = differences((record) => {
    record.websites = [{ ...site(record), ourId: 99, number: "浙ICP备2026000001号-7" }];
  });
  assert.equal(found, ["管局没有网站2", "管局多出网站浙ICP备2026000001号-7"]);
});

test("knows a website by its domain where the bureau does not send our id", () => {
  const found = differences((record) => {
    const { ourId: _, ...rest } = site(record);
    record.websites = [{ ...rest, domains: [{ name: "example.cn" }] }];
  });
  assert.equal(found, []);
});

test.run();
