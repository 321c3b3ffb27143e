export type { ProductAnswer, ProductGateway, ProductQuestion } from "./types.ts";
export { productHook } from "./webhook.ts";
