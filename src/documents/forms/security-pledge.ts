import type { FormInput } from "./facts.ts";
import type { Sheet } from "./sheet.ts";
import { undertaking } from "./undertaking.ts";

/**
 * 网络安全责任书 (also 信息安全责任书): what every provider lets its customers sign. In words of our own after the duties of 互联网信息服务管理办法
 * (国务院令第292号, 2000) articles 13 to 16, 非经营性互联网信息服务备案管理办法 (信息产业部令第33号, 2005) articles 5, 13 and 18, and
 * 网络安全法 (2016) articles 21, 24 and 47.
 */
export const securityPledge = (input: FormInput): Sheet =>
  undertaking(input, {
    title: "网络安全责任书",
    heading: "责任",
    signer: "主体负责人",
    stamped: true,
    paragraphs: [
      "遵守《网络安全法》《互联网信息服务管理办法》《非经营性互联网信息服务备案管理办法》等法律法规，不利用网站从事违法活动。",
      "不制作、复制、发布、传播法律法规禁止的内容；发现后立即停止传输、保存记录，并向有关机关和接入服务单位报告。",
      "备案信息真实、准确；信息有变化的，及时办理变更；不再使用的，及时办理注销。未备案的域名不解析到接入的服务器。",
      "在网站首页底部的中央标明备案号，并链接到工业和信息化部备案管理系统。需要前置审批或专项审批的，先取得批准。",
      "建立安全管理制度，防范病毒、攻击和侵入，留存网络日志不少于六个月；有用户发布信息的，查验用户的真实身份。",
      "网站负责人保持电话畅通，发生网络安全事件时及时处置，配合主管部门和接入服务单位检查。",
    ],
    pledge: "已经知道以上责任，保证履行；违反的，接受暂停或终止接入，承担相应的法律责任。",
    answer: "已告知以上责任。",
  });
