import type { Db } from "../../db/client.ts";
import { codeLabel } from "../../vocabulary/code-tables.ts";
import { productType, type StoredTypeName } from "../../vocabulary/product-types.ts";

/** The product that a filing stands on, for its pages. */
export type FilingProduct = {
  productId: number;
  type: StoredTypeName;
  name: string;
  keyShown: string;
  ips: string[];
  serverPlace: string | null;
  accessMode: string | null;
  state: "open" | "spent" | "freed";
  verifiedAt: Date;
  /** Last four characters of the code by which it was verified. */
  code: string | null;
};

/** The products of a filing, the newest first; empty for one that was opened without. The caller may see the filing. */
export const productsOf = (db: Db, filing: { id: number; ispId: number }): Promise<FilingProduct[]> =>
  db<FilingProduct[]>`
    select b.product_id, p.type, p.name, p.key_shown, p.ips, p.server_place, p.access_mode, b.state, b.verified_at,
      a.last_four as code
    from filing_products b join products p on p.id = b.product_id left join authorisation_codes a on a.id = b.code_id
    where b.filing_id = ${filing.id} and b.isp_id = ${filing.ispId} order by b.state = 'freed', b.id desc`;

/** The one product of a filing that counts; undefined when there is none. */
export const productOf = async (
  db: Db,
  filing: { id: number; ispId: number },
): Promise<FilingProduct | undefined> => (await productsOf(db, filing))[0];

/** How a reviewer reads it: 云服务器 示例主机（203.0.113.18），浙江省，云接入. */
export function productLine({ type, name, keyShown, serverPlace, accessMode, code }: FilingProduct): string {
  const more = [
    serverPlace && codeLabel("province", serverPlace),
    accessMode && codeLabel("access_mode", accessMode),
    code && `授权码尾号${code}`,
  ].filter(Boolean);
  return [`${productType(type).label} ${name}（${keyShown}）`, ...more].join("，");
}
