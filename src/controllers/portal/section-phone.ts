import type { SectionForm } from "../../forms/section.ts";
import { codeProblem } from "../../models/code/codes.ts";
import { phoneState, provePhone, requestPhoneCode } from "../../models/filing/phone-codes.ts";
import type { Phone } from "../../models/filing/phones.ts";
import type { Filing } from "../../models/filing/rows.ts";
import type { RootStore, Store } from "../../models/store.ts";
import { personKeys, type SectionKind, textOf, type Values } from "../../vocabulary/fields/index.ts";
import { parseMobile } from "../../vocabulary/phone.ts";

/** What stands below the mobile number of a responsible person. */
export type PhoneView = {
  /** Key of the number's field. */
  field: string;
  number: string;
  /** False for one that stands on record: nothing is asked. */
  needed: boolean;
  proved: boolean;
  sentAt: Date | undefined;
  /** Seconds until the next code may be asked for. */
  wait: number;
  problem: string | undefined;
  /** The code was just sent: the control takes the focus. */
  focus: boolean;
  /** As it was typed. */
  code: string;
};

type Owner = {
  filing: Filing;
  section: { id: number; kind: SectionKind; open?: boolean; before?: Values | null };
};

/** The number that a code must prove; undefined where the section has none, and for one that stands on record. */
export function phoneOf({ section }: Pick<Owner, "section">, values: Values): Phone | undefined {
  const phone = ownPhone({ section }, values);
  const isOnRecord = phone && section.before && textOf(section.before, phone.field) === phone.number;
  return isOnRecord ? undefined : phone;
}

/** The responsible person's number of a section. */
function ownPhone({ section }: Pick<Owner, "section">, values: Values): Phone | undefined {
  if (section.kind !== "subject" && section.kind !== "website") return undefined;
  if (section.kind === "website" && values.samePerson === "1") return undefined;
  const field = personKeys[section.kind].mobile;
  return { sectionId: section.id, field, number: textOf(values, field) };
}

export async function phoneView(
  store: Store,
  owner: Owner,
  values: Values,
  more: { problem?: string | undefined; focus?: boolean; code?: string },
): Promise<PhoneView | undefined> {
  const phone = ownPhone(owner, values);
  if (!phone) return undefined;
  const needed = phoneOf(owner, values) !== undefined;
  const state = await phoneState(store, owner.filing, phone);
  const { field, number } = phone;
  return {
    field,
    number,
    needed,
    ...state,
    problem: more.problem,
    focus: more.focus ?? false,
    code: more.code ?? "",
  };
}

/** Sends a code to the number as it is typed now; the sentence for what speaks against it. */
export async function sendCode(
  store: RootStore,
  owner: Owner,
  values: Values,
): Promise<{ field: string; text: string } | undefined> {
  const phone = phoneOf(owner, values);
  if (!phone) return undefined;
  if (!parseMobile(phone.number)) return { field: phone.field, text: "请先填写11位的手机号码，再发送验证码" };
  const requested = await requestPhoneCode(store, owner.filing, phone);
  if (requested.state === "too-soon")
    return { field: "code", text: `刚刚发过，请在${requested.seconds}秒后再重发` };
  if (requested.state === "too-many")
    return { field: "code", text: "今天发的验证码太多了，请明天再试，或换一个号码" };
  return undefined;
}

/** Tries the code that came with a form; the sentence for one that is not right. */
export async function tryCode(
  store: RootStore,
  owner: Owner,
  { code, values }: Pick<SectionForm, "code" | "values">,
): Promise<string | undefined> {
  const phone = phoneOf(owner, values);
  if (!phone || code === "" || !parseMobile(phone.number)) return undefined;
  const { proved } = await phoneState(store, owner.filing, phone);
  return proved ? undefined : codeProblem(await provePhone(store, owner.filing, phone, code));
}
