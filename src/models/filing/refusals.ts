import type { Refusal } from "./workflow.ts";

/** What a person reads when an action is refused: what is so, and what to do. A new refusal without words does not compile. */
export const refusalWords: Record<Refusal, string> = {
  wrong_actor: "您的账号不能办理这一步。需要办理的，请联系主管。",
  wrong_state: "备案单已经不在这一步了，可能刚刚有人办理过。请回到备案单看看现在到了哪一步。",
  ended: "这件备案单已经办结，不能再改动。",
  claimed_by_other: "这件备案单正由另一位审核员办理，请稍后再试。",
  not_claimed: "请先领取这件备案单，再办理。领取到期的，请重新领取。",
  own_work: "初审和核验须由不同的人办理，请交给另一位审核员。",
  errors_need_reason: "预审还有错误没有改。确实可以通过的，请写明理由。",
  reasons_missing: "请至少选一处要改的地方，或写明原因。",
  errors_open: "预审报告里还有必须改的地方，改好后再提交。",
  taken_elsewhere: "证件号码或域名已有另一件备案，或者已经备案，不能重复。请先核对。",
  materials_missing: "必需的核验材料还没有传齐，请先上传。",
  materials_processing: "有材料还在处理中，通常不到1分钟，请稍等再提交。",
  phone_unproved: "负责人的手机号码还没有验证，请先用短信验证码验证。",
  not_declared: "请勾选“我已核对”，再提交。",
  photo_missing: "还没有上传核验照片，或照片没有处理成功，请先上传。",
  form_too_old: "真实性核验单签字已超过3个月，请重新签字并上传。",
  fields_changed: "备案信息或其他材料改过了，需要重新初审，请点“提交初审”。",
  package_open: "这件备案单已在提交管局，等管局有了结果才能改动。",
  bureau_missing: "还没有配置这个省的管局接口，请联系管理员。",
  bureau_stopped: "这个管局的上报已暂停，请先处理上报失败。",
  curtain_under_way: "幕布已经申请过了，不用重复申请。",
  curtain_missing: "没有找到对应的幕布，请刷新页面再看。",
};
