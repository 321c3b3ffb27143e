/** One place in an object store, as a client of the S3 interface needs it. `prefix` is empty or ends in a slash. */
export type S3Place = { endpoint: string; region: string; prefix: string; key: string; secret: string };

/** What stands in `s3://…` where no credentials do; the access key and its secret of the environment. */
export type S3Keys = { key: string | undefined; secret: string | undefined };

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^[A-Za-z0-9._/-]*$/;
const ENCODED = "in key and secret a / is written %2F";
const OPTIONS: Record<string, { allowed: RegExp; must: string }> = {
  region: { allowed: /^[a-z0-9-]{1,40}$/, must: "a region such as cn-north-1" },
  tls: { allowed: /^(on|off)$/, must: "on or off" },
  style: { allowed: /^(path|host)$/, must: "path or host" },
};

/** Puts credentials into an `s3:` address that has none; one that `s3Problems` refuses may stay as it is. */
export function withKeys(address: string, { key, secret }: S3Keys): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.hostname === "") return address;
  if (url.username === "" && key !== undefined) url.username = encodeURIComponent(key);
  if (url.password === "" && secret !== undefined) url.password = encodeURIComponent(secret);
  return url.href;
}

/**
 * What is wrong with `s3://KEY:SECRET@host:port/bucket/prefix?region=…&tls=on|off&style=path|host`, a sentence each;
 * `name` is where it was given, such as STORAGE_URL. No sentence repeats a part of the address: any of them may hold
 * the secret when a character of it was not written as %XX.
 */
export function s3Problems(address: string, name: string): string[] {
  if (!URL.canParse(address)) return [`${name} cannot be read as an address: ${ENCODED}`];
  const url = new URL(address);
  if (url.hostname === "") return [`${name} lacks the host of the object store: s3://host/bucket`];
  const { bucket, prefix } = pathOf(url);
  const faults: [boolean, string][] = [
    [bucket === "", "lacks the bucket: s3://host/bucket"],
    [
      bucket !== "" && !BUCKET.test(bucket),
      `names no bucket after the host: 3 to 63 lower-case letters, digits, - and . (${ENCODED})`,
    ],
    [
      !PREFIX.test(prefix) || /(^|\/)\.{0,2}(\/|$)/.test(prefix.replace(/^$/, "x")),
      "has a prefix with other characters than letters, digits, . _ and -, or with an empty part",
    ],
    [url.username === "", "has no access key: set STORAGE_ACCESS_KEY"],
    [url.password === "", "has no secret: set STORAGE_SECRET_KEY"],
    [!decodes(url.username) || !decodes(url.password), "has a % in key or secret that must be written %25"],
    [url.hash !== "", "has a # that must be written %23"],
    ...optionFaults(url),
  ];
  return faults.filter(([wrong]) => wrong).map(([, text]) => `${name} ${text}`);
}

function optionFaults(url: URL): [boolean, string][] {
  return [...url.searchParams].map(([option, value]) => {
    const known = Object.hasOwn(OPTIONS, option) ? OPTIONS[option] : undefined;
    if (!known) return [true, `has an option that is none of ${Object.keys(OPTIONS).join(", ")}`];
    return [!known.allowed.test(value), `has a ${option} that is not ${known.must}`];
  });
}

/** The place of an address without problems. Without a region it is `us-east-1`, what MinIO and Ceph expect. */
export function s3Place(address: string): S3Place {
  const url = new URL(address);
  const { bucket, prefix } = pathOf(url);
  const scheme = url.searchParams.get("tls") === "off" ? "http" : "https";
  const host = url.searchParams.get("style") === "host" ? `${bucket}.${url.host}` : `${url.host}/${bucket}`;
  return {
    endpoint: `${scheme}://${host}`,
    region: url.searchParams.get("region") ?? "us-east-1",
    prefix: prefix === "" ? "" : `${prefix}/`,
    key: decodeURIComponent(url.username),
    secret: decodeURIComponent(url.password),
  };
}

/** The address as a person may see it: without credentials and options. */
export function shownAddress(address: string): string {
  const url = new URL(address);
  return url.protocol === "s3:" ? `s3://${url.host}${url.pathname}` : address;
}

function pathOf(url: URL): { bucket: string; prefix: string } {
  const [bucket = "", ...rest] = url.pathname.replace(/^\//, "").replace(/\/$/, "").split("/");
  return { bucket, prefix: rest.join("/") };
}

function decodes(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
