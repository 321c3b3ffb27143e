import { newId } from "../../src/lib/ids.ts";
import type { Answer, Browser } from "./app.ts";
import type { Row } from "./matrix.ts";
import type { Scene } from "./matrix-scene.ts";

/** The text with what stands for its words: `{subject}` in what is sent, `:id` in paths. */
export const filled = (text: string, words: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/g, (_, word: string) => words[word] ?? "");

/** Where `:id` is no filing's number. */
const idsOfOthers = [
  ["/console/bureau/results/", "parked"],
  ["/records/", "record"],
  ["/console/records/", "record"],
] as const;

/** The filing that staff wrote for its registrant, and the record of an account. */
const ON_BEHALF = /^\/console\/filings\/:id\/draft/;
const ACCOUNT_RECORD = /^\/console\/accounts\/:account\/records\//;

export function addressOf(route: string, row: Row, words: Record<string, string>): string {
  const path = route.split(" ")[1] ?? "";
  const id = idsOfOthers.find(([start]) => path.startsWith(start));
  const named = ON_BEHALF.test(path) ? "draft" : ACCOUNT_RECORD.test(path) ? "record" : id?.[1];
  const inPath = named ? { ...words, id: words[named] ?? "" } : words;
  const address = path.replace(/:(\w+)(\{.*?\})?/g, (_, part: string) => inPath[part] ?? part);
  return address + filled(row.query ?? "", words);
}

let requests = 0;

/** Opens the route, or sends its form with the token that a page of the same session carries. */
export async function ask(scene: Scene, route: string, row: Row, browser: Browser): Promise<Answer> {
  const address = addressOf(route, row, scene.words);
  // How much one source may send is another matter.
  browser.address = `198.51.100.${++requests % 250}`;
  if (route.startsWith("GET ")) return browser.get(address);
  const send = Object.entries(row.send ?? {}).map(([name, value]) => [name, filled(value, scene.words)]);
  return browser.post(address, {
    csrf: await tokenFor(browser, address),
    requestId: newId(),
    ...Object.fromEntries(send),
  });
}

/** The token of the session that counts at this address: the console's and the portal's are two. */
export async function tokenFor(browser: Browser, address: string): Promise<string> {
  const withForm = address.startsWith("/console") ? ["/console/login", "/console/account"] : ["/login", "/"];
  for (const path of withForm) {
    browser.last = "";
    await browser.get(path);
    if (browser.token) return browser.token;
  }
  throw new Error(`no page has a form before ${address}`);
}
