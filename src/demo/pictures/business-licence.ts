import { type Drawing, line, paragraph, seal, star, wrapped } from "./drawing.ts";

/** `established`: a date as it is printed, 2019年03月12日. */
export type LicenceData = {
  name: string;
  creditCode: string;
  address: string;
  legalRepresentative: string;
  scope?: string;
  established?: string;
  /** Registered by: 示例市市场监督管理局. */
  authority?: string;
};

const WIDTH = 1400;
const HEIGHT = 990;
const FRAME = "#b8924a";

const SCOPE =
  "互联网信息服务；软件开发；技术服务、技术开发、技术咨询；日用百货销售；食用农产品批发；工艺美术品零售；" +
  "广告设计、代理。（依法须经批准的项目，经相关部门批准后方可开展经营活动）";

/** 营业执照 of an invented company, in the look of the form in use since 2019, sideways. */
export function businessLicence(data: LicenceData): Drawing {
  const { established = "2019年03月12日", scope = SCOPE, authority = "示例市市场监督管理局" } = data;
  const left: Array<[string, string]> = [
    ["名　　称", data.name],
    ["类　　型", "有限责任公司（自然人投资或控股）"],
    ["法定代表人", data.legalRepresentative],
    ["经营范围", scope],
  ];
  const right: Array<[string, string]> = [
    ["注册资本", "壹佰万元整"],
    ["成立日期", established],
    ["住　　所", data.address],
  ];
  const body = [
    frame(),
    line("营业执照", { at: [WIDTH / 2, 290], size: 88, weight: 700, anchor: "middle", spacing: 30 }),
    line("（演示样本）", { at: [WIDTH / 2, 336], size: 26, anchor: "middle", fill: "#666" }),
    line("统一社会信用代码", { at: [110, 200], size: 24 }),
    line(data.creditCode, { at: [110, 240], size: 30, weight: 700 }),
    rows(left, 110, 21),
    rows(right, 830, 13),
    line("登记机关", { at: [830, 800], size: 26 }),
    seal(authority, [1130, 800], 92),
    line(established, { at: [1130, 915], size: 24, anchor: "middle" }),
  ];
  return { width: WIDTH, height: HEIGHT, body: body.join("") };
}

const frame = (): string =>
  `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fdfaf1"/>
<rect x="36" y="36" width="${WIDTH - 72}" height="${HEIGHT - 72}" fill="none" stroke="${FRAME}" stroke-width="14"/>
<rect x="58" y="58" width="${WIDTH - 116}" height="${HEIGHT - 116}" fill="none" stroke="${FRAME}" stroke-width="3"/>
<g transform="translate(${WIDTH / 2} 140)"><circle r="58" fill="#fff3d6" stroke="${FRAME}" stroke-width="4"/><path d="${star(36)}" fill="#c8202a"/></g>`;

function rows(facts: Array<[string, string]>, x: number, ems: number): string {
  let y = 420;
  return facts
    .map(([label, value]) => {
      const set =
        line(label, { at: [x, y], size: 26, fill: "#7a5a1c" }) +
        paragraph(value, ems, 40, { at: [x + 150, y], size: 26 });
      y += 72 + 40 * (wrapped(value, ems).length - 1);
      return set;
    })
    .join("");
}
