import { readdirSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { projectPath } from "../../src/lib/project.ts";
import type { Scene } from "../../src/models/notice/scene.ts";
import type { Sending } from "../../src/models/notice/sending.ts";
import {
  type Channel,
  channels,
  type NoticeTemplate,
  type NoticeVariables,
  noticeTemplates,
} from "../../src/models/notice/templates.ts";
import { kindChoices } from "../../src/vocabulary/filing.ts";
import { baseUrl, mailText, smsText } from "../../worker/notice-text.ts";

const test = suite("the words of notices");

const scene: Scene = {
  isp: {
    name: "示例云",
    phone: "400-000-0000",
    qq: null,
    serviceHours: "工作日9:00–18:00",
    hosts: ["beian.example.cn"],
  },
  person: "张三",
  isStaff: false,
  filing: { number: "20261118-0042", title: "示例茶叶商城", kind: "first", scope: null },
};

const filings = [{ number: "20261118-0042", stage: "信息初审", dueAt: "2026-11-20T09:00:00Z" }];

const ending = { site: "示例茶叶商城", number: "京ICP备2021012345号-1", record: 12 };

const meeting = {
  ...{ place: "滨江面签点", address: "示例路1号1楼", phone: "400-000-0000", note: "地铁1号线。" },
  startsAt: "2026-11-23T01:30:00Z",
};

const samples: NoticeVariables = {
  "code-activation": { page: "/register/activation" },
  "code-login": {},
  "code-password-reset": {},
  "code-email-change": {},
  "code-mobile-change": {},
  "code-phone-proof": {},
  "code-transfer": {},
  "code-recovery": {},
  "account-exists": { userName: "zhangsan" },
  "account-activated": { userName: "zhangsan" },
  "password-changed": {},
  "record-offered": { kind: "merge", number: "京ICP备2021012345号", by: "zhangsan" },
  "record-settled": { outcome: "given", number: "京ICP备2021012345号", other: "zhangsan" },
  "filing-submitted": {},
  "filing-returned": {
    from: "initial",
    reasons: [
      { label: "网站名称", text: "网站名称不能用域名。" },
      { label: "真实性核验单", text: "签字日期看不清。" },
    ],
    until: "2026-12-04",
  },
  "filing-approved": { next: "photo" },
  "curtain-posted": { courier: "顺丰速运", trackingNumber: "SF1234567890" },
  "appointment-booked": meeting,
  "appointment-cancelled": meeting,
  "appointment-reminder": meeting,
  "papers-posted": { parcel: "顺丰速运 SF1234567890" },
  "papers-received": {},
  "papers-checked": {},
  "papers-rejected": { reason: "没有盖章。" },
  "filing-verified": {},
  "access-open": {},
  "sms-check": { until: "2026-11-21T08:20:00Z", phones: ["138****5678"] },
  "sms-check-reminder": { until: "2026-11-20T12:02:00Z" },
  "filing-numbered": {
    subjectNumber: "京ICP备2021012345号",
    websites: [{ name: "示例茶叶商城", number: "京ICP备2021012345号-1" }],
  },
  "filing-done": { what: "变更网站", number: "京ICP备2021012345号-1" },
  "record-cancelled": { what: "网站", number: "京ICP备2021012345号-1" },
  "filing-closed": { reason: "主体已注销" },
  "term-reminder": { closesAt: "2026-12-04" },
  "material-expiring": { material: "真实性核验单", expiresOn: "2026-12-01" },
  "certificate-expiring": { material: "营业执照", expiresOn: "2026-12-01" },
  "message-received": {},
  "draft-handed": {},
  "draft-sent-back": {},
  "recall-asked": {},
  "recall-granted": { words: "管局3月1日电话同意。" },
  "recall-refused": { words: "", until: "2026-11-20T12:02:00Z" },
  "supplement-asked": { material: "其他材料", wish: "请补传法人身份证。" },
  "supplement-received": { material: "其他材料" },
  "supplement-decided": { material: "其他材料", accepted: false, reason: "看不清。" },
  "termination-noticed": { ...ending, reason: "服务器不在我们这里", endsAt: "2026-12-04" },
  "termination-reminder": { ...ending, endsAt: "2026-12-04" },
  "termination-objected": ending,
  "termination-decided": { ...ending, upheld: true, words: "没有查到您的服务器。", endsAt: "2026-12-04" },
  "termination-filed": ending,
  "sla-due": { filings },
  "sla-overdue": { filings },
  "bureau-stopped": { bureau: "北京市通信管理局", reason: "密钥不正确" },
  "sites-reported": { kind: "illegal" },
  "site-answer-failed": { domain: "weibei.cn", reason: "文件不符合格式" },
  "inquiries-came": {},
  "inquiries-due": { tasks: [{ name: "示例茶叶商城", dueAt: "2026-11-20T09:00:00Z" }], overdue: false },
  "inquiry-came-back": { inquiry: 3, reason: "5001 格式校验失败" },
  "inquiry-to-registrant": {
    ...{ record: 12, number: "京ICP备2021012345号", words: "负责人电话是否还在使用" },
    until: "2026-11-25T09:00:00Z",
  },
  "inspections-came": {},
  "bulletins-came": {},
  "numbers-missing": { filings: [{ number: "20261118-0042", approvedAt: "2026-11-17T02:00:00Z" }] },
  "cuts-overdue": { cuts: [{ name: "shili.example.cn", openedAt: "2026-11-17T02:00:00Z" }] },
  "hook-failed": { event: "access.cut", cut: 7 },
  "code-tables-arrived": { bureau: "北京市通信管理局" },
};

const notice = (
  template: NoticeTemplate,
  channel: Channel = "mail",
  variables?: Record<string, unknown>,
): Sending => ({
  ...{
    id: "n",
    ispId: 1,
    accountId: 1,
    staffId: null,
    filingId: 1,
    codeId: null,
    channel,
    template,
    tries: 1,
  },
  ...{ address: "zhangsan@example.cn", variables: variables ?? { ...samples[template] } },
  createdAt: new Date("2026-11-20T08:20:00Z"),
});

const occasion = {
  publicUrl: "https://beian.example.cn",
  now: new Date("2026-11-20T08:20:00Z"),
  code: "314159",
};

test("has a view for every template on every channel it goes through, and no other", () => {
  for (const channel of ["mail", "sms"] as const) {
    const there = readdirSync(projectPath("views", channel)).filter((name) => !name.startsWith("_"));
    const wanted = noticeTemplates.filter((template) => channels[template].includes(channel));
    assert.equal(there.sort(), wanted.map((template) => `${template}.eta`).sort());
  }
});

test("leaves nothing out in any mail: subject, both forms, who writes, no hole", () => {
  for (const template of noticeTemplates) {
    const { subject, html, text } = mailText(notice(template), scene, occasion);
    assert.ok(subject.length > 5, template);
    assert.match(html, /^<!doctype html>\n<html lang="zh-CN">/, template);
    for (const form of [subject, html, text])
      assert.not.match(form, /undefined|null|NaN|\[object|Invalid/, template);
    assert.ok(text.startsWith(`${subject}\n`), template);
    assert.match(text, "示例云网站备案，2026年11月20日16:20。", template);
    assert.not.match(text, /<|&(amp|lt|#)/, template);
  }
});

test("says a return as the registrant should read it, in HTML and in plain text", () => {
  const { subject, html, text } = mailText(notice("filing-returned"), scene, occasion);
  assert.is(subject, "备案单退回，有2处要改：示例茶叶商城");
  assert.match(html, "<p>张三，您好：</p>");
  assert.match(html, '<p><b><a href="https://beian.example.cn/filings/20261118-0042">去修改</a></b></p>');
  assert.is(
    text,
    `备案单退回，有2处要改：示例茶叶商城

张三，您好：

您的备案单（20261118-0042，首次备案）信息初审没有通过。改好下面2处，再次提交就可以了：

1. 网站名称
网站名称不能用域名。

2. 真实性核验单
签字日期看不清。

请在2026年12月4日（周五）前提交，过期未提交，备案单会自动关闭。

去修改

链接打不开，请复制这个网址：
https://beian.example.cn/filings/20261118-0042

对退回有疑问，请在备案单里留言，或在工作日9:00–18:00拨打400-000-0000。我们不会在邮件里索要密码、验证码或身份证照片。

----

示例云网站备案，2026年11月20日16:20。这封邮件由系统发出，请不要直接回复。
`,
  );
});

test("writes short messages as one plain line that begins with the provider's name", () => {
  for (const template of noticeTemplates.filter((one) => channels[one].includes("sms"))) {
    const text = smsText(notice(template, "sms"), scene, occasion);
    assert.match(text, /^【示例云】\S/, template);
    assert.not.match(text, /\n|undefined|null|NaN|\[object|<|&/, template);
    assert.ok(text.length <= 140, `${template}: ${text.length} characters`);
  }
});

test("shows a code only in the text, and links to the page that takes it", () => {
  const { subject, text } = mailText(notice("code-activation"), scene, occasion);
  assert.not.match(subject, "314159");
  assert.match(text, "验证码：314159");
  assert.match(text, "https://beian.example.cn/register/activation?code=314159");
  assert.match(
    smsText(notice("code-login", "sms"), scene, occasion),
    "验证码314159，用于登录备案系统，10分钟内有效",
  );
});

test("lets no HTML in through a reason", () => {
  const variables = {
    from: "bureau",
    reasons: [{ label: "备注", text: '<a href="http://x">点</a> & 更多' }],
  };
  const { html, text } = mailText(notice("filing-returned", "mail", variables), scene, occasion);
  assert.not.match(html, 'href="http://x"');
  assert.match(text, '<a href="http://x">点</a> & 更多');
});

test("leads staff to the console without the registrant's politeness", () => {
  const { text } = mailText(
    notice("message-received"),
    { ...scene, isStaff: true, person: "李四" },
    occasion,
  );
  assert.match(text, "\n李四：\n");
  assert.match(text, "https://beian.example.cn/console/filings/20261118-0042");
  assert.not.match(text, /您|拨打/);
});

test("links to the provider's own host", () => {
  assert.is(baseUrl("http://localhost:3000", []), "http://localhost:3000");
  assert.is(baseUrl("http://localhost:3000", ["localhost", "x.localhost"]), "http://localhost:3000");
  assert.is(baseUrl("http://localhost:3000", ["other.localhost"]), "http://other.localhost:3000");
  assert.is(baseUrl("https://beian.example.cn", ["icp.other.cn"]), "https://icp.other.cn");
});

test("say of each kind what it is when it is done, and give numbers only to what is new", () => {
  const done = { add: "新增网站成功", join: "接入备案成功", change: "变更成功", cancel: "注销成功" } as const;
  for (const [kind, words] of Object.entries(done)) {
    const filing = {
      ...{ number: "20261118-0042", title: "示例茶叶商城", kind: kind as keyof typeof done },
      scope: kind === "change" || kind === "cancel" ? ("website" as const) : null,
    };
    const about = { ...scene, filing };
    const websites = kind === "add" ? [{ name: "示例茶叶商城", number: "京ICP备2021012345号-2" }] : [];
    const sent = notice("filing-numbered", "mail", { subjectNumber: "京ICP备2021012345号", websites });
    const mail = mailText(sent, about, occasion);
    assert.match(mail.subject, new RegExp(`^${words}`));
    assert.not.match(mail.subject, /备案号/);
    assert.is(/放在首页底部/.test(mail.text), kind === "add", kind);
    const sms = smsText({ ...sent, channel: "sms" }, about, occasion);
    assert.match(sms, new RegExp(words));
    assert.not.match(sms, /undefined|主体备案号/);
  }
});

const filed = noticeTemplates.filter((template) => /^(filing|sms-check|term|recall|message)/.test(template));

test("says what kind it is about: no words of a first filing in another", () => {
  for (const { kind, scope } of kindChoices) {
    const of: Scene = { ...scene, filing: { number: "20261118-0042", title: "示例茶叶商城", kind, scope } };
    for (const template of filed) {
      const words = [mailText(notice(template), of, occasion).text];
      if (channels[template].includes("sms")) words.push(smsText(notice(template, "sms"), of, occasion));
      const about = `${template} of ${kind} ${scope}`;
      for (const text of words) {
        if (kind !== "first") assert.not.match(text, /首次备案|备案密码由管局/, about);
        if (kind === "change" || kind === "cancel")
          assert.not.match(text, /还要备案的|重新备案|重新办理/, about);
        if (
          kind === "cancel" &&
          scope === "access" &&
          !template.startsWith("sms-check") &&
          template !== "recall-refused"
        )
          assert.not.match(text, /短信核验|12381/, about);
      }
    }
  }
});

test.run();
