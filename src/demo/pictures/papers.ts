import { type Drawing, line, paragraph, seal, signature } from "./drawing.ts";

/** Dates are as printed: 2026年11月18日. */
export type VerificationFormData = {
  isp: string;
  subject: string;
  site: string;
  domain: string;
  person: string;
  identity: string;
  mobile: string;
  signedOn: string;
  /** Persons sign alone; a company stamps as well. */
  sealed?: boolean;
};

export type DomainCertificateData = {
  domain: string;
  holder: string;
  registrar?: string;
  registeredOn?: string;
  expiresOn?: string;
};

export type LetterData = {
  subject: string;
  leader: string;
  siteLeader: string;
  identity: string;
  site: string;
  domain: string;
  signedOn: string;
};

/** A sheet of A4. */
const WIDTH = 1000;
const HEIGHT = 1414;
const sheet = `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fffefb"/>`;
const title = (text: string, y: number): string =>
  line(text, { at: [WIDTH / 2, y], size: 44, weight: 700, anchor: "middle", spacing: 4 });

/** A table with a label and a value in each row. */
function table(facts: Array<[string, string]>, top: number, height = 64): string {
  const right = WIDTH - 80;
  return facts
    .map(([label, value], index) => {
      const y = top + index * height;
      return (
        `<path d="M80 ${y}H${right}V${y + height}H80zM300 ${y}v${height}" fill="none" stroke="#333" stroke-width="2"/>` +
        line(label, { at: [100, y + height / 2 + 9], size: 24 }) +
        line(value, { at: [320, y + height / 2 + 9], size: 24 })
      );
    })
    .join("");
}

const CHECKS = [
  "一、已当面核验主办单位证件原件，与备案信息一致",
  "二、已当面核验网站负责人证件原件，与本人一致",
  "三、联系电话、电子邮箱、通信地址真实有效",
  "四、网站名称、服务内容符合备案规定",
  "五、域名证书真实，持有者与主办单位一致",
];

/** 网站备案信息真实性核验单, filled in, signed, and stamped. */
export function verificationForm(data: VerificationFormData): Drawing {
  const facts: Array<[string, string]> = [
    ["主办者名称", data.subject],
    ["网站名称", data.site],
    ["网站域名", data.domain],
    ["网站负责人", data.person],
    ["证件号码", data.identity],
    ["联系手机", data.mobile],
    ["接入服务单位", data.isp],
  ];
  const body = [
    sheet,
    title("网站备案信息真实性核验单", 120),
    line("（演示样本）", { at: [WIDTH / 2, 164], size: 24, anchor: "middle", fill: "#666" }),
    table(facts, 200),
    ...CHECKS.map((text, index) =>
      line(`${text}　　（√）是　（　）否`, { at: [80, 710 + index * 52], size: 24 }),
    ),
    paragraph(
      "本人承诺所提供的备案信息真实、准确、完整，如有变动及时办理变更备案，并承担由此产生的责任。",
      34,
      42,
      {
        at: [80, 1010],
        size: 24,
      },
    ),
    line("网站负责人（签字）：", { at: [80, 1180], size: 26 }),
    signature(data.person, [350, 1180], 54),
    line(`日期：${data.signedOn}`, { at: [80, 1250], size: 26 }),
    line("单位盖章：", { at: [560, 1180], size: 26 }),
    data.sealed === false ? "" : seal(data.subject, [780, 1210], 110),
  ];
  return { width: WIDTH, height: HEIGHT, body: body.join("") };
}

/** 域名注册证书. */
export function domainCertificate(data: DomainCertificateData): Drawing {
  const {
    registrar = "示例域名服务有限公司",
    registeredOn = "2024年06月01日",
    expiresOn = "2029年06月01日",
  } = data;
  const facts: Array<[string, string]> = [
    ["域名", data.domain],
    ["域名持有者", data.holder],
    ["注册商", registrar],
    ["注册日期", registeredOn],
    ["到期日期", expiresOn],
    ["DNS服务器", "dns1.example.cn，dns2.example.cn"],
  ];
  const [width, height] = [WIDTH, 800];
  const body = [
    `<rect width="${width}" height="${height}" fill="#f7fbfd"/><rect x="24" y="24" width="${width - 48}" height="${height - 48}" fill="none" stroke="#3a7ca5" stroke-width="6"/>`,
    title("域名注册证书", 130),
    line("（演示样本）", { at: [width / 2, 172], size: 24, anchor: "middle", fill: "#666" }),
    table(facts, 210, 62),
    line("以上信息以域名注册管理机构的记录为准", { at: [80, 640], size: 22, fill: "#555" }),
    seal(registrar, [800, 650], 92),
  ];
  return { width, height, body: body.join("") };
}

/** 授权委托书, where the two responsible persons differ. */
export function authorisationLetter(data: LetterData): Drawing {
  const text =
    `兹委托${data.siteLeader}（身份证号码：${data.identity}）担任我单位网站“${data.site}”（域名：${data.domain}）的` +
    `网站负责人，全权办理该网站的备案、变更、注销等事宜，负责网站的信息安全管理。我单位对其在授权范围内的行为承担责任。`;
  const body = [
    sheet,
    title("授权委托书", 170),
    line("（演示样本）", { at: [WIDTH / 2, 214], size: 24, anchor: "middle", fill: "#666" }),
    paragraph(`　　${text}`, 29, 58, { at: [90, 330], size: 28 }),
    paragraph("　　委托期限：自签署之日起至网站注销之日止。", 29, 58, { at: [90, 720], size: 28 }),
    line(`委托单位（盖章）：${data.subject}`, { at: [90, 900], size: 28 }),
    line("主体负责人（签字）：", { at: [90, 980], size: 28 }),
    signature(data.leader, [390, 980], 56),
    line("受托人（签字）：", { at: [90, 1060], size: 28 }),
    signature(data.siteLeader, [330, 1060], 56),
    line(data.signedOn, { at: [90, 1140], size: 28 }),
    seal(data.subject, [760, 980], 118),
  ];
  return { width: WIDTH, height: HEIGHT, body: body.join("") };
}
