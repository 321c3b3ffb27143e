import type { Db } from "../../db/client.ts";
import type { Filing } from "../filing/rows.ts";
import { ispSettings } from "../isp/settings.ts";

type Asked = Pick<Filing, "id" | "ispId" | "kind" | "scope">;

/** Kinds of filing for which a provider may ask for a product: what brings a website here, or changes where it lies. */
export const takesProduct = ({ kind, scope }: Pick<Filing, "kind" | "scope">): boolean =>
  kind === "change" ? scope === "access" : kind !== "cancel";

/** Whether the provider asks for a product (产品核验) and the filing stands on none. */
export async function lacksProduct(db: Db, filing: Asked): Promise<boolean> {
  if (!takesProduct(filing)) return false;
  const { products } = await ispSettings(db, filing.ispId);
  if (!products.required) return false;
  const [bound] = await db`
    select 1 from filing_products where filing_id = ${filing.id} and state <> 'freed' limit 1`;
  return bound === undefined;
}
