import { type FormBody, text } from "../lib/form-body.ts";
import { length, normalise } from "../lib/text.ts";
import type { CurtainOrder } from "../models/curtain/curtain.ts";
import type { Problem } from "../view.ts";
import { cleanPhone, parseMobile } from "../vocabulary/phone.ts";

/** 申请幕布: where the curtain is posted to. `values` is what was typed, to be shown back. */
export function readCurtainOrder(body: FormBody): { values: CurtainOrder; problems: Problem[] } {
  const values: CurtainOrder = {
    recipient: normalise(text(body, "recipient")),
    phone: cleanPhone(text(body, "phone")),
    address: normalise(text(body, "address")),
    remark: normalise(text(body, "remark")),
  };
  return {
    values,
    problems: [...recipientProblems(values), ...phoneProblems(values), ...addressProblems(values)],
  };
}

const recipientProblems = ({ recipient }: CurtainOrder): Problem[] => {
  if (recipient === "") return [{ field: "recipient", text: "请填写收件人姓名" }];
  return length(recipient) > 40 ? [{ field: "recipient", text: "收件人姓名最多40个字" }] : [];
};

const phoneProblems = ({ phone }: CurtainOrder): Problem[] => {
  if (phone === "") return [{ field: "phone", text: "请填写收件人的手机号码，快递员会打这个电话" }];
  return parseMobile(phone)
    ? []
    : [{ field: "phone", text: `手机号码应为11位数字，现在是${phone.length}位` }];
};

const addressProblems = ({ address, remark }: CurtainOrder): Problem[] => {
  const problems: Problem[] = [];
  if (length(address) < 8)
    problems.push({ field: "address", text: "请写完整地址：省、市、区县，直到门牌号" });
  if (length(address) > 200) problems.push({ field: "address", text: "地址最多200个字" });
  if (length(remark) > 200) problems.push({ field: "remark", text: "备注最多200个字" });
  return problems;
};
