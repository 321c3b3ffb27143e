import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { BrowserContext, Page } from "playwright-core";
import { testWorld, type World } from "../support/app.ts";
import { openBrowser } from "../support/browser.ts";
import { type CountingProxy, countingProxy } from "./counting-proxy.ts";

/** The test world behind a real server, reached over a counted wire by a real browser. */
export type ServedWorld = {
  world: World;
  wire: CountingProxy;
  url: string;
  /** A page in a browser without a past; `name` is signed in. */
  page(options: { javaScript?: boolean; as?: "张三" }): Promise<Page>;
  close(): Promise<void>;
};

/** `localhost` is the first provider's host; browsers take Brotli there as they do over https. */
export async function servedWorld(): Promise<ServedWorld> {
  let target = 0;
  const wire = await countingProxy(() => target);
  const url = `http://localhost:${wire.port}`;
  const world = await testWorld({ publicUrl: url, captcha: "always" });
  await world.db`insert into isp_hosts (host, isp_id) values ('localhost', ${world.people.isps.first})`;
  const server = serve({ fetch: world.app.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  target = (server.address() as AddressInfo).port;
  const browser = await openBrowser();
  const contexts: BrowserContext[] = [];
  const page: ServedWorld["page"] = async ({ javaScript = true, as }) => {
    const context = await browser.newContext({ javaScriptEnabled: javaScript });
    contexts.push(context);
    if (as) {
      const secret = (await world.signInAs(as)).cookies.get("session") ?? "";
      await context.addCookies([{ name: "session", value: secret, url }]);
    }
    return context.newPage();
  };
  const close = async () => {
    for (const context of contexts) await context.close();
    await browser.close();
    server.close();
    await wire.close();
    await world.close();
  };
  return { world, wire, url, page, close };
}
