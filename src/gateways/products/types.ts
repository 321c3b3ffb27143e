/** What the provider's own system is asked: is this somebody's product? */
export type ProductQuestion = {
  /** One of the kinds of `src/vocabulary/product-types.ts`. */
  type: string;
  /** What finds the product, and what shows that it is one's own. */
  key: string;
  proof: string;
};

/** What it says: no, or the product. */
export type ProductAnswer =
  | { ok: false }
  | {
      ok: true;
      name: string;
      /** Public addresses and ranges in the spelling of `parseIpRange`. */
      ips: string[];
      /** Code of a province. */
      serverPlace: string | null;
      /** Code of 接入方式. */
      accessMode: string | null;
      quota: number;
      customerAccount: string | null;
      validUntil: string | null;
    };

/**
 * Asks a provider's system within two seconds. Throws GatewayFailed for everything that is no signed answer: no
 * connection, too late, another status, a wrong signature, a shape that is none.
 */
export type ProductGateway = {
  ask(hook: { url: string; secret: string }, question: ProductQuestion): Promise<ProductAnswer>;
};
