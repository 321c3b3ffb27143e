import { type ProductTypeName, productType } from "./product-types.ts";

/** The secret of every product of the demo that has one. */
export const DEMO_SECRET = "openbeian-demo";

/** Address blocks of the demo's providers (RFC 5737: they lead nowhere), by their short names. */
const blocks: Record<string, string> = { shili: "203.0.113.", other: "198.51.100." };

/** What finds a product of the demo: a name, or the last part of an address of the provider's. */
const keys: Partial<Record<ProductTypeName, { key: string; address: number }>> = {
  cloud_server: { key: "", address: 101 },
  virtual_host: { key: "demo-ftp", address: 102 },
  site_builder: { key: "demo-site", address: 103 },
  idc_host: { key: "DD20261101", address: 104 },
  agent_platform: { key: "daili-demo.cn", address: 105 },
};

export type DemoCredentials = { key: string; proof: string; ip: string };

/**
 * What to type to try a kind of product at a provider of the demo; undefined for a provider that is none of it, and for a
 * code, which is made at /codes.
 */
export function demoCredentials(type: ProductTypeName, slug: string): DemoCredentials | undefined {
  const [block, found] = [blocks[slug], keys[type]];
  if (!block || !found) return undefined;
  const ip = `${block}${found.address}`;
  const proof = productType(type).proves === "secret" ? DEMO_SECRET : ip;
  return { key: found.key || ip, proof, ip };
}

/** The same in words, to be shown where the demo is marked. */
export function demoHint(type: ProductTypeName, slug: string): string | undefined {
  const known = demoCredentials(type, slug);
  const { key, proof } = productType(type);
  return known && proof ? `演示可以填：${key.label} ${known.key}，${proof.label} ${known.proof}` : undefined;
}
