import { resolve } from "node:path";
import { type S3Keys, s3Problems, withKeys } from "./lib/s3-address.ts";

/**
 * The settings of design: every value checked, with its default. `databaseUrl` unset means the embedded server.
 * `storageUrl` of an object store holds its credentials, wherever they were given: never show it.
 */
export type Config = {
  port: number;
  host: string;
  publicUrl: string;
  trustProxy: boolean;
  dataDir: string;
  databaseUrl: string | undefined;
  storageUrl: string;
  smtpUrl: string | undefined;
  smsUrl: string | undefined;
  secretKeys: string | undefined;
  demo: boolean;
  simulatorPort: number;
  metricsToken: string | undefined;
  captcha: "always" | "adaptive" | "off";
  loginCode: "always" | "new-device" | "off";
  /** Whether this process reads documents on pictures (证件识别), which takes memory and time. */
  recognition: boolean;
  logLevel: string;
};

/** The environment cannot be used; `problems` has one sentence for each fault. */
export class ConfigError extends Error {
  override name = "ConfigError";
  readonly problems: string[];

  constructor(problems: string[]) {
    super(["The settings cannot be used:", ...problems.map((problem) => `  - ${problem}`)].join("\n"));
    this.problems = problems;
  }
}

const LOG_LEVELS = ["silent", "fatal", "error", "warn", "info", "debug", "trace"] as const;

/** One SECRET_KEYS entry: an id of 0 to 255 and 32 bytes as base64. */
const SECRET_KEY = /^\d{1,3}:[A-Za-z0-9+/]{43}=$/;

/** Whether a host name or address is this machine's own (127.0.0.0/8, ::1, localhost and names below it). */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  if (name === "localhost" || name.endsWith(".localhost") || name === "::1") return true;
  return /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name);
}

/**
 * Reads the settings from the environment. An empty variable counts as unset.
 * Throws one `ConfigError` that lists every problem at once.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const read = reader(env);
  const databaseUrl = read.url("DATABASE_URL", ["postgres:", "postgresql:"]);
  const port = read.port("PORT", 3000);
  const dataDir = resolve(read.text("DATA_DIR") ?? "data");
  const demo = read.flag("DEMO", databaseUrl === undefined);
  const config: Config = {
    port,
    host: read.text("HOST") ?? "127.0.0.1",
    publicUrl: (read.url("PUBLIC_URL", ["http:", "https:"]) ?? `http://localhost:${port}`).replace(
      /\/+$/,
      "",
    ),
    trustProxy: read.flag("TRUST_PROXY", false),
    dataDir,
    databaseUrl,
    storageUrl: read.storage() ?? `file:${dataDir}/files`,
    smtpUrl: read.url("SMTP_URL", ["smtp:", "smtps:"]),
    smsUrl: read.url("SMS_URL", ["http:", "https:"]),
    secretKeys: read.text("SECRET_KEYS"),
    demo,
    simulatorPort: read.port("SIMULATOR_PORT", port + 1),
    metricsToken: read.text("METRICS_TOKEN"),
    captcha: read.choice("CAPTCHA", ["always", "adaptive", "off"], "adaptive"),
    loginCode: read.choice("LOGIN_CODE", ["always", "new-device", "off"], "new-device"),
    recognition: read.flag("RECOGNITION", true),
    // Addresses and accounts of the demo stay in view: its bureau is asked every few seconds.
    logLevel: read.choice("LOG_LEVEL", LOG_LEVELS, demo ? "warn" : "info"),
  };
  const problems = [...read.problems, ...refusals(config)];
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** A reason not to start, beyond the shape of single values: the demo's defaults must never run by accident. */
const REFUSALS: { when: (config: Config) => boolean; problem: string }[] = [
  {
    when: (config) => config.demo && !isLoopback(config.host),
    problem: "DEMO=1 runs on this machine alone: HOST must be a loopback address such as 127.0.0.1",
  },
  {
    when: (config) => config.demo && !isLoopback(new URL(config.publicUrl).hostname),
    problem: "DEMO=1 runs on this machine alone: PUBLIC_URL must name localhost",
  },
  {
    when: (config) => config.databaseUrl !== undefined && config.secretKeys === undefined,
    problem:
      "DATABASE_URL needs SECRET_KEYS: keys must be kept apart from the database (openbeian keys makes them)",
  },
  {
    when: (config) => config.databaseUrl === undefined && !config.demo && config.secretKeys === undefined,
    problem:
      "DEMO=0 needs SECRET_KEYS: keys are made by themselves only in the demo (openbeian keys makes them)",
  },
  {
    when: (config) => config.secretKeys !== undefined && !areSecretKeys(config.secretKeys),
    problem: "SECRET_KEYS must be ID:BASE64 with 32 random bytes each and different ids, separated by commas",
  },
  {
    when: (config) => !config.demo && config.captcha === "off",
    problem: "CAPTCHA=off is allowed only with DEMO=1",
  },
  {
    when: (config) => !config.demo && config.loginCode === "off",
    problem: "LOGIN_CODE=off is allowed only with DEMO=1",
  },
  {
    when: (config) => config.metricsToken !== undefined && config.metricsToken.length < 16,
    problem: "METRICS_TOKEN must have at least 16 characters",
  },
  {
    when: (config) => config.demo && config.simulatorPort === config.port,
    problem: "SIMULATOR_PORT must differ from PORT",
  },
];

const refusals = (config: Config): string[] =>
  REFUSALS.filter(({ when }) => when(config)).map(({ problem }) => problem);

function areSecretKeys(text: string): boolean {
  const keys = text.split(",").map((key) => key.trim());
  const ids = keys.map((key) => Number(key.split(":")[0]));
  return (
    keys.every((key) => SECRET_KEY.test(key)) &&
    ids.every((id) => id <= 255) &&
    new Set(ids).size === ids.length
  );
}

/** The credentials of the object store, kept out of STORAGE_URL. */
export const storageKeys = (env: NodeJS.ProcessEnv): S3Keys => ({
  key: env.STORAGE_ACCESS_KEY?.trim() || undefined,
  secret: env.STORAGE_SECRET_KEY?.trim() || undefined,
});

/** Readers of single variables that collect problems instead of throwing; a faulty value reads as its default. */
function reader(env: NodeJS.ProcessEnv) {
  const problems: string[] = [];
  const text = (name: string): string | undefined => env[name]?.trim() || undefined;

  const port = (name: string, fallback: number): number => {
    const given = text(name);
    if (given === undefined) return fallback;
    const number = Number(given);
    if (/^\d+$/.test(given) && number >= 1 && number <= 65_535) return number;
    problems.push(`${name} must be a port from 1 to 65535`);
    return fallback;
  };

  const flag = (name: string, fallback: boolean): boolean => {
    const given = text(name)?.toLowerCase();
    if (given === undefined) return fallback;
    if (["1", "true", "yes"].includes(given)) return true;
    if (!["0", "false", "no"].includes(given)) problems.push(`${name} must be 1 or 0`);
    return false;
  };

  const choice = <T extends string>(name: string, allowed: readonly T[], fallback: T): T => {
    const given = text(name);
    const found = allowed.find((value) => value === given);
    if (given !== undefined && found === undefined)
      problems.push(`${name} must be one of ${allowed.join(", ")}`);
    return found ?? fallback;
  };

  const url = (name: string, protocols: string[]): string | undefined => {
    const given = text(name);
    if (given === undefined) return undefined;
    if (URL.canParse(given) && protocols.includes(new URL(given).protocol)) return given;
    problems.push(`${name} must be an address that starts with ${protocols.join(" or ")}`);
    return undefined;
  };

  /** STORAGE_URL, with the credentials of STORAGE_ACCESS_KEY and STORAGE_SECRET_KEY where it has none. */
  const storage = (): string | undefined => {
    const given = text("STORAGE_URL");
    if (!given?.startsWith("s3:")) return url("STORAGE_URL", ["file:", "s3:"]);
    const address = withKeys(given, storageKeys(env));
    problems.push(...s3Problems(address, "STORAGE_URL"));
    return address;
  };

  return { problems, text, port, flag, choice, url, storage };
}
