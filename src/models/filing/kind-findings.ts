import type { Db } from "../../db/client.ts";
import type { Finding } from "../../rules/types.ts";
import type { FilingData } from "../../vocabulary/filing.ts";
import { lacksProduct } from "../product/required.ts";
import type { Path } from "../type-check/paths.ts";
import type { Filing } from "./rows.ts";
import { editable } from "./states.ts";

/** Rule id of a 备案密码 that is still to be given; its line leads to the page of the password. */
export const PASSWORD_MISSING = "icp-password";

/** Rule id of a product that is still to be verified; its line leads to the page of 产品核验. */
export const PRODUCT_MISSING = "product";

/** Rule ids of what the bureau did not confirm: the reviewer has to see to it, so it stands first. */
export const UNCONFIRMED: readonly string[] = ["type-doubted", "type-unchecked", "password-unchecked"];

const pathWords: Record<Path, string> = {
  first: "首次备案",
  add_here: "新增网站",
  add_elsewhere: "新增网站（主体在别处备案）",
  join: "新增接入",
  change: "变更备案",
  foreign_domain: "域名已由别人备案",
};

type Doubts = { contradicted: Path | null; password: string | null; bureau: string };

/**
 * What is said of a filing on account of how it was opened: a 新增接入 without its 备案密码, a missing product, and for the reviewer what the
 * bureau could not say in time or says otherwise.
 */
export async function kindFindings(
  db: Db,
  filing: Pick<Filing, "id" | "ispId" | "kind" | "scope" | "hasPassword" | "state">,
  { subject, websites }: Pick<FilingData, "subject" | "websites">,
): Promise<Finding[]> {
  // Of a 新增接入 the access is what is filled in.
  const { kind, id } = (filing.kind === "join" && websites[0]?.accesses[0]) || subject;
  const section = { kind, id };
  const say = (rule: string, severity: Finding["severity"], message: string): Finding => ({
    ...{ rule, severity, section, field: null, message },
    source: "企业系统接口规范V3.0 备案状态查询、备案密码验证",
  });
  const missing =
    filing.kind === "join" && !filing.hasPassword && editable.includes(filing.state)
      ? [say(PASSWORD_MISSING, "error", "还没有填写备案密码，新增接入要用它核对")]
      : [];
  if (editable.includes(filing.state) && (await lacksProduct(db, filing)))
    missing.push(say(PRODUCT_MISSING, "error", "还没有核验产品，接入商只为自己的产品办理备案"));
  const [doubts] = await db<Doubts[]>`
    select contradicted, password, bureau from type_checks where filing_id = ${filing.id}
    order by created_at desc limit 1`;
  return [...missing, ...(doubts ? doubtsIn(doubts, say) : [])];
}

function doubtsIn(
  { contradicted, password, bureau }: Doubts,
  say: (rule: string, severity: Finding["severity"], message: string) => Finding,
): Finding[] {
  const found: Finding[] = [];
  if (contradicted)
    found.push(
      say("type-doubted", "check", `管局后来的查询结果应办理：${pathWords[contradicted]}，请核对备案类型`),
    );
  else if (bureau === "silent")
    found.push(say("type-unchecked", "check", "验证备案类型时管局没有回应，类型由主办者选择，系统会再查"));
  if (password === "unchecked")
    found.push(say("password-unchecked", "check", "备案密码没有经管局核对：填写时管局没有回应"));
  return found;
}
