import type { Hono } from "hono";
import { createApp } from "../../src/app.ts";
import { type Config, readConfig } from "../../src/config.ts";
import type { Files } from "../../src/controllers/deps.ts";
import { newSecretKeys, openVault } from "../../src/crypto/vault.ts";
import type { Sql } from "../../src/db/client.ts";
import { newId } from "../../src/lib/ids.ts";
import { createLog } from "../../src/log.ts";
import type { Env } from "../../src/middleware/env.ts";
import { issueCode, type Purpose } from "../../src/models/code/codes.ts";
import { openSession } from "../../src/models/session/sessions.ts";
import type { RootStore } from "../../src/models/store.ts";
import { testDatabase } from "./database.ts";
import { type FakeLookups, fakeLookups } from "./lookups.ts";
import { type People, settle } from "./people.ts";

/** Files in memory, in the place of a folder or a bucket. */
export function fakeFiles(): Files & { kept: Map<string, Buffer> } {
  const kept = new Map<string, Buffer>();
  return {
    kept,
    put: async (bytes) => {
      const id = newId();
      kept.set(id, Buffer.from(bytes));
      return id;
    },
    get: async (id) => kept.get(id) ?? Buffer.alloc(0),
    remove: async (id) => void kept.delete(id),
  };
}

/** Settings of a real installation over https, without the demo's ease. */
export const testConfig = (changes: Partial<Config> = {}): Config => ({
  ...readConfig({
    DATABASE_URL: "postgres://localhost/test",
    SECRET_KEYS: newSecretKeys(),
    PUBLIC_URL: "https://beian.example",
    LOG_LEVEL: "silent",
  }),
  ...changes,
});

export type World = {
  app: Hono<Env>;
  db: Sql;
  /** Address of its database, for a second pool or process. */
  url: string;
  store: RootStore;
  config: Config;
  files: ReturnType<typeof fakeFiles>;
  lookups: FakeLookups;
  people: People;
  /** A browser that nobody has used before, at the first provider's host or another. */
  visitor(host?: string): Browser;
  /** A browser in which this person is signed in. */
  signInAs(person: keyof People["registrants"] | keyof People["staff"]): Promise<Browser>;
  /** The code that the worker would send now: makes the digits of the newest one asked for. */
  codeFor(purpose: Purpose, holder: string): Promise<string>;
  /** Time goes on: codes may be asked for again. */
  letAMinutePass(): Promise<void>;
  close(): Promise<void>;
};

/** Hosts of the two providers and one of no provider. */
export const hosts = { first: "yi.example", second: "er.example", neutral: "beian.example" };

/** An application over a database of its own, with the people of `people.ts` in it. */
export async function testWorld(changes: Partial<Config> = {}): Promise<World> {
  const { db, url, close } = await testDatabase();
  const config = testConfig(changes);
  const store: RootStore = { db, vault: openVault(config.secretKeys ?? "") };
  const files = fakeFiles();
  const log = createLog({ level: config.logLevel, name: "test" });
  const lookups = fakeLookups();
  const app = createApp({ ...store, config, log, files, lookups });
  const people = await settle(store, hosts);
  const visitor = (host = hosts.first) => new Browser(app, host, config);
  const signInAs: World["signInAs"] = async (name) => {
    const registrant = people.registrants[name as keyof People["registrants"]];
    const person = registrant ?? people.staff[name as keyof People["staff"]];
    const kind = registrant ? "account" : "staff";
    const browser = visitor(person.host);
    const secret = await openSession(store, kind, person.id, { place: "本机", device: "Linux上的Chrome" });
    browser.setCookie(kind === "account" ? "session" : "staff", secret);
    return browser;
  };
  const codeFor: World["codeFor"] = async (purpose, holder) => {
    const [row] = await db<{ id: number }[]>`
      select id from codes where purpose = ${purpose} and holder = ${holder} order by id desc limit 1`;
    return (row && (await issueCode(store, row.id))?.code) ?? "";
  };
  const letAMinutePass = async () => {
    await db`update codes set requested_at = requested_at - interval '61 seconds'`;
  };
  return {
    app,
    db,
    url,
    store,
    config,
    files,
    lookups,
    people,
    visitor,
    signInAs,
    codeFor,
    letAMinutePass,
    close,
  };
}

export type Answer = {
  status: number;
  text: string;
  location: string | null;
  headers: Headers;
  bytes: Buffer;
};

/** What a browser does that matters here: keeps cookies, sends the hidden token of the page it shows. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly host: string;
  /** The address this browser's requests come from. */
  address = "203.0.113.7";
  agent = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36";
  /** The page it shows. */
  last = "";
  readonly #app: Hono<Env>;
  readonly #secure: boolean;

  constructor(app: Hono<Env>, host: string, config: Config) {
    this.#app = app;
    this.host = host;
    this.#secure = config.publicUrl.startsWith("https:");
  }

  setCookie(name: string, value: string): void {
    this.cookies.set(this.cookieName(name), value);
  }

  cookieName(name: string): string {
    return this.#secure ? `__Host-${name}` : name;
  }

  async request(path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = new Headers(init.headers);
    headers.set("host", this.host);
    headers.set("user-agent", this.agent);
    if (this.cookies.size > 0)
      headers.set("cookie", [...this.cookies].map(([k, v]) => `${k}=${v}`).join("; "));
    const url = `${this.#secure ? "https" : "http"}://${this.host}${path}`;
    const env = { incoming: { socket: { remoteAddress: this.address } } };
    const response = await this.#app.request(url, { ...init, headers }, env);
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString();
    if (response.headers.get("content-type")?.startsWith("text/html")) this.last = text;
    return {
      status: response.status,
      text,
      location: response.headers.get("location"),
      headers: response.headers,
      bytes,
    };
  }

  #keep(line: string): void {
    const [pair = "", ...attributes] = line.split("; ");
    const at = pair.indexOf("=");
    const gone = attributes.some((attribute) => attribute === "Max-Age=0");
    if (gone) this.cookies.delete(pair.slice(0, at));
    else this.cookies.set(pair.slice(0, at), decodeURIComponent(pair.slice(at + 1)));
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.request(path, { headers });
  }

  /** The hidden token of the page it shows. */
  get token(): string {
    return /name="csrf" value="([^"]+)"/.exec(this.last)?.[1] ?? "";
  }

  /** Sends a form as a page of ours does: with the token of the page it shows, and with the origin of the host. */
  async post(
    path: string,
    fields: Record<string, string | string[] | File> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const withForm = path.startsWith("/console") ? ["/console/login", "/console/account"] : ["/login", "/"];
    for (const one of withForm) if (!this.token) await this.get(one);
    const entries = Object.entries({ csrf: this.token, ...fields }).flatMap(([key, value]) =>
      [value].flat().map((one) => [key, one] as const),
    );
    const origin = {
      origin: `${this.#secure ? "https" : "http"}://${this.host}`,
      "sec-fetch-site": "same-origin",
    };
    return this.request(path, { method: "POST", body: bodyOf(entries), headers: { ...origin, ...headers } });
  }

  /** Goes where the answer sends it, as long as it sends on. */
  async follow(answer: Answer): Promise<Answer> {
    let at = answer;
    while (at.location) at = await this.get(at.location);
    return at;
  }
}

function bodyOf(entries: (readonly [string, string | File])[]): FormData | URLSearchParams {
  if (!entries.some(([, value]) => value instanceof File))
    return new URLSearchParams(entries.map(([key, value]) => [key, String(value)]));
  const form = new FormData();
  for (const [key, value] of entries) form.append(key, value);
  return form;
}
