import { type ProductInput, upsertProducts } from "../models/product/upsert.ts";
import type { RootStore } from "../models/store.ts";
import { DEMO_SECRET, demoCredentials } from "../vocabulary/demo-products.ts";
import {
  productType,
  productTypes,
  type StoredTypeName,
  storedTypeNames,
} from "../vocabulary/product-types.ts";

/** Websites that a product of the demo may carry. */
const quotas: Record<StoredTypeName, number> = {
  cloud_server: 5,
  virtual_host: 3,
  site_builder: 1,
  idc_host: 10,
  agent_platform: 20,
};

type Stock = { ispId: number; slug: string; owner: string; province: string };

function product(
  type: StoredTypeName,
  { slug, province }: Stock,
  changes: Partial<ProductInput> = {},
): ProductInput {
  const { key = "", ip = "" } = demoCredentials(type, slug) ?? {};
  return {
    ...{ type, key, secret: DEMO_SECRET, name: `示例${productTypes[type].label}（演示）`, ips: [ip] },
    ...{
      customerAccount: null,
      owner: null,
      serverPlace: province,
      accessMode: productType(type).accessMode,
    },
    ...{ quota: quotas[type], validUntil: null, state: "active" as const },
    ...changes,
  };
}

/**
 * Stocks a provider of the demo with a product of each type, one that has run out and one that is retired. The owner, a
 * user name, may make codes for the first at once.
 */
export async function seedProducts(store: RootStore, stock: Stock): Promise<void> {
  const [first] = storedTypeNames;
  const over = (key: string, changes: Partial<ProductInput>) =>
    product("idc_host", stock, { key, ...changes });
  const products = [
    ...storedTypeNames.map((type) => product(type, stock, type === first ? { owner: stock.owner } : {})),
    over("DD20240001", { name: "到期的示例主机（演示）", validUntil: "2025-12-31" }),
    over("DD20240002", { name: "停用的示例主机（演示）", state: "retired" }),
  ];
  await upsertProducts(store, { ispId: stock.ispId, products, source: "import" });
}
