import type { FormInput } from "./facts.ts";
import type { Sheet } from "./sheet.ts";
import { undertaking } from "./undertaking.ts";

/**
 * Papers of a website whose name or content sounds like what needs an approval (前置审批) and does not do it. In words of our
 * own, after 互联网信息服务管理办法 (国务院令第292号, 2000) article 5 and the table of approvals of the bureaus' interface.
 */
const advice =
  "网站名称或内容容易被认为需要审批，而实际不做这些业务的，才要签；管局有式样的，请用管局的式样。";

/** 不涉及前置审批承诺书. */
export const noApproval = (input: FormInput): Sheet =>
  undertaking(input, {
    title: "不涉及前置审批承诺书",
    heading: "承诺",
    paragraphs: [
      "网站不从事依法须经前置审批或专项审批的互联网信息服务，包括新闻、出版、教育（校外培训）、医疗保健、药品和医疗器械、文化、广播电影电视节目、互联网金融、网络预约车、宗教信息服务。",
      "网站名称、栏目和宣传用语不使人误认为提供上述服务；网站没有用户发布信息的论坛、社区等功能，或者已按规定取得手续。",
      "今后要从事上述服务的，先取得主管部门的批准，再办理备案变更，之后才开通。",
    ],
    signer: "主体负责人",
    stamped: true,
    pledge: "以上承诺如有不实，愿意接受停止接入、注销备案，承担相应的法律责任。",
    advice,
  });

/** 不从事金融服务承诺书: 广东 wants it with an introduction of the business where name or content sound of finance (Tencent Cloud's questions). */
export const noFinance = (input: FormInput): Sheet =>
  undertaking(input, {
    title: "不从事金融服务承诺书",
    heading: "业务介绍和承诺",
    paragraphs: [
      "网站的实际业务（请手写）：________________________________________________________",
      "网站不从事需要金融管理部门批准的业务，包括存款、贷款、支付结算、理财、证券、基金、期货、保险、外汇、信托、融资担保、典当、众筹、网络借贷和征信，不为这些业务做宣传、招揽客户或代收代付。",
      "网站不发行、买卖虚拟货币，不为虚拟货币的交易提供信息、撮合和结算。",
      "今后要从事金融业务的，先取得金融管理部门的批准，再办理备案变更，之后才开通。",
    ],
    signer: "法定代表人",
    stamped: true,
    pledge: "以上承诺如有不实，愿意接受停止接入、注销备案，承担相应的法律责任。",
    advice,
  });
