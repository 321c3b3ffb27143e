import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ProductGateway } from "../../src/gateways/products/types.ts";
import { type ProductInput, upsertProducts } from "../../src/models/product/upsert.ts";
import type { Asked } from "../../src/models/product/verify.ts";
import type { RootStore } from "../../src/models/store.ts";
import type { People } from "./people.ts";

let made = 0;

/** A cloud server of its own with the password of all of these, as a provider's table has it. */
export function cloudServer(changes: Partial<ProductInput> = {}): ProductInput {
  const ip = `203.0.113.${(++made % 250) + 1}`;
  return {
    ...{ type: "cloud_server", key: ip, secret: "qiye-yunzhuji-9", name: `示例主机${made}`, ips: [ip] },
    ...{ customerAccount: null, owner: null, serverPlace: "330000", accessMode: "5" },
    ...{ quota: 1, validUntil: null, state: "active" as const },
    ...changes,
  } as ProductInput;
}

/** Writes one product of the first provider and gives its id. */
export async function stock(store: RootStore, people: People, product: ProductInput): Promise<number> {
  const batch = { ispId: people.isps.first, products: [product], source: "import" as const };
  const [written] = await upsertProducts(store, batch);
  if (!written || written.outcome === "refused") throw new Error("the product was refused");
  return written.id ?? 0;
}

let sources = 0;

/** What 张三 types for a product, from another network each time. */
export const asks = (
  people: People,
  { type, key, secret }: Pick<ProductInput, "type" | "key" | "secret">,
  changes: Partial<Asked> = {},
): Asked => ({
  ispId: people.isps.first,
  accountId: people.registrants.张三.id,
  type,
  credentials: { key, proof: secret ?? "" },
  source: `198.51.100.${++sources % 250}`,
  ...changes,
});

/** The system of a provider that must not be asked. */
export const noHook: { products: ProductGateway } = {
  products: { ask: () => Promise.reject(new Error("nobody is asked here")) },
};

type Reply = (body: string, request: IncomingMessage, response: ServerResponse) => void;

/** A provider's system on a free port. */
export async function hookServer(
  reply: Reply,
): Promise<{ url: string; asked: string[]; close(): Promise<void> }> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    asked.push(body);
    reply(body, request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const close = () =>
    new Promise<void>((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/products`, asked, close };
}
