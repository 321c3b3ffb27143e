import { type FormBody, text } from "../lib/form-body.ts";
import type { Credentials } from "../models/product/verify.ts";
import { isProductType, type ProductTypeName, productType } from "../vocabulary/product-types.ts";

type Problem = { field: string; text: string };

/** What a page of 产品核验 has: names of the controls are `productType`, `productKey` and `productProof`. */
export type ProductCheck = { type: ProductTypeName | ""; typed: string; credentials: Credentials };

export const blankProductCheck: ProductCheck = { type: "", typed: "", credentials: { key: "", proof: "" } };

/** Reads 产品核验; `types` are those that the provider takes. A secret is in `credentials.proof` and is never shown back. */
export function readProductCheck(
  body: FormBody,
  types: readonly ProductTypeName[],
): { form: ProductCheck; problems: Problem[] } {
  const name = text(body, "productType");
  if (!isProductType(name) || !types.includes(name))
    return { form: blankProductCheck, problems: [{ field: "productType", text: "请选择产品类型" }] };
  const { key, proof } = productType(name);
  const typed = text(body, "productKey");
  const credentials = { key: key.clean(typed), proof: proof?.clean(text(body, "productProof")) ?? "" };
  const problems: Problem[] = [];
  if (credentials.key === "")
    problems.push({
      field: "productKey",
      text: typed.trim() ? `${key.label}的格式不对` : `请填写${key.label}`,
    });
  if (proof && credentials.proof === "")
    problems.push({
      field: "productProof",
      text: text(body, "productProof").trim() ? `${proof.label}的格式不对` : `请填写${proof.label}`,
    });
  return { form: { type: name, typed: credentials.key || typed, credentials }, problems };
}

/** The two controls of a type for `components/field`; `error` of each stands in `problems`. */
export function productControls(
  { type, typed }: ProductCheck,
  problems: readonly Problem[],
): Record<string, unknown>[] {
  if (type === "") return [];
  const { key, proof } = productType(type);
  const errorOf = (field: string) => problems.find((problem) => problem.field === field)?.text;
  const control = (name: string, { label, hint, secret, input }: typeof key, value: string) => ({
    ...{
      key: name,
      label,
      hint,
      kind: secret ? "password" : "text",
      width: "m",
      value,
      input,
      error: errorOf(name),
    },
  });
  return [control("productKey", key, typed), ...(proof ? [control("productProof", proof, "")] : [])];
}

/** Why a product was not verified, at the control that has to be typed again. */
export const productRefusals: Record<"wrong" | "slow_down" | "quota" | "unavailable", Problem> = {
  wrong: {
    field: "productKey",
    text: "没有通过核验。请核对产品类型和填写的内容；停用或已到期的产品也不能通过",
  },
  slow_down: { field: "productKey", text: "核验的次数太多了，请一小时后再试，或者联系客服" },
  quota: { field: "productKey", text: "这个产品可以备案的网站数已经用完，请换一个产品，或者联系客服增加" },
  unavailable: { field: "productProof", text: "产品系统没有及时回应，填写的内容没有保存。请再填一次" },
};
