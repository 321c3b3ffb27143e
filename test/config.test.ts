import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ConfigError, isLoopback, readConfig } from "../src/config.ts";
import { s3Place, shownAddress } from "../src/lib/s3-address.ts";

const test = suite("the settings");

const key = (id: number, byte = 7) => `${id}:${Buffer.alloc(32, byte).toString("base64")}`;
const real = { DATABASE_URL: "postgres://beian@db.example/beian", SECRET_KEYS: key(1) };

function problemsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test("with nothing set are those of the demo on this machine", () => {
  const config = readConfig({});
  assert.is(config.demo, true);
  assert.is(config.host, "127.0.0.1");
  assert.is(config.publicUrl, "http://localhost:3000");
  assert.is(config.simulatorPort, 3001);
  assert.is(config.captcha, "adaptive");
  assert.is(config.loginCode, "new-device");
  assert.is(config.logLevel, "warn");
  assert.match(config.storageUrl, /^file:\/.*\/data\/files$/);
});

test("with a database of one's own are not the demo", () => {
  assert.is(readConfig(real).demo, false);
  assert.is(readConfig(real).logLevel, "info");
});

test("count an empty variable as unset", () => {
  assert.is(readConfig({ PORT: "", DATABASE_URL: " " }).demo, true);
});

test("list every problem at once", () => {
  const problems = problemsOf({
    PORT: "http",
    DATABASE_URL: "mysql://x",
    LOG_LEVEL: "loud",
    DEMO: "perhaps",
  });
  for (const name of ["PORT", "DATABASE_URL", "LOG_LEVEL", "DEMO"])
    assert.ok(
      problems.some((problem) => problem.startsWith(name)),
      `${name} is missing from ${problems}`,
    );
});

const refused: [string, NodeJS.ProcessEnv, RegExp][] = [
  ["the demo on an address that others can reach", { DEMO: "1", HOST: "0.0.0.0" }, /HOST/],
  ["the demo by default on such an address", { HOST: "192.0.2.7" }, /HOST/],
  ["the demo under a public name", { DEMO: "1", PUBLIC_URL: "https://beian.example" }, /PUBLIC_URL/],
  ["the demo under a name that only looks local", { PUBLIC_URL: "http://localhost.example" }, /PUBLIC_URL/],
  ["a database without keys", { DATABASE_URL: real.DATABASE_URL }, /SECRET_KEYS/],
  ["a database without keys even in the demo", { DATABASE_URL: real.DATABASE_URL, DEMO: "1" }, /SECRET_KEYS/],
  ["the embedded database without keys outside the demo", { DEMO: "0" }, /SECRET_KEYS/],
  ["keys that are too short", { ...real, SECRET_KEYS: "1:c2hvcnQ=" }, /SECRET_KEYS/],
  ["keys that share an id", { ...real, SECRET_KEYS: `${key(1)},${key(1, 8)}` }, /SECRET_KEYS/],
  ["a key id above 255", { ...real, SECRET_KEYS: key(256) }, /SECRET_KEYS/],
  ["no captcha outside the demo", { ...real, CAPTCHA: "off" }, /CAPTCHA/],
  ["no login code outside the demo", { ...real, LOGIN_CODE: "off" }, /LOGIN_CODE/],
  ["a guessable metrics token", { ...real, METRICS_TOKEN: "secret" }, /METRICS_TOKEN/],
  ["one port for web and simulator", { PORT: "4000", SIMULATOR_PORT: "4000" }, /SIMULATOR_PORT/],
  ["a port that is none", { PORT: "70000" }, /PORT/],
  ["mail over something else than SMTP", { SMTP_URL: "https://mail.example" }, /SMTP_URL/],
  ["storage it does not know", { STORAGE_URL: "ftp://files.example" }, /STORAGE_URL/],
];

const bucket = { STORAGE_ACCESS_KEY: "key", STORAGE_SECRET_KEY: "hunter2" };
for (const [what, address, problem] of [
  ["an object store without a host", "s3:///beian", /host/],
  ["an object store without a bucket", "s3://oss.example", /bucket/],
  ["a bucket that no store allows", "s3://oss.example/Bei_An", /bucket/],
  ["a bucket of two letters", "s3://oss.example/ab", /bucket/],
  ["a secret whose slash is not encoded", "s3://key:hun/ter2@oss.example/beian", /%2F/],
  ["such a secret that begins like a port", "s3://key:12/ter2@oss.example/beian", /%2F/],
  ["a secret whose percent sign is not encoded", "s3://key:hunter%zz@oss.example/beian", /%25/],
  ["a path that climbs out of the bucket", "s3://oss.example/beian/..", /bucket/],
  ["a prefix with an empty part", "s3://oss.example/beian/a//b", /prefix/],
  [
    "an option of the storage that is misspelt",
    "s3://oss.example/beian?regoin=cn-north-1",
    /region, tls, style/,
  ],
  ["a region that is none", "s3://oss.example/beian?region=the%20north", /region/],
  ["tls that is neither on nor off", "s3://oss.example/beian?tls=perhaps", /on or off/],
] as const)
  refused.push([what, { STORAGE_URL: address, ...bucket }, problem]);
refused.push(
  [
    "storage without an access key",
    { ...bucket, STORAGE_URL: "s3://h/beian", STORAGE_ACCESS_KEY: "" },
    /STORAGE_ACCESS_KEY/,
  ],
  ["storage without a secret", { STORAGE_URL: "s3://key@h/beian" }, /STORAGE_SECRET_KEY/],
);

for (const [what, env, problem] of refused)
  test(`refuse ${what}`, () => {
    const problems = problemsOf(env);
    assert.is(problems.length, 1, problems.join("\n"));
    assert.match(problems[0] ?? "", problem);
  });

test("allow captcha and login code to be off in the demo", () => {
  assert.equal(problemsOf({ CAPTCHA: "off", LOGIN_CODE: "off" }), []);
});

test("never repeat a secret in a problem", () => {
  const text = problemsOf({ DATABASE_URL: "mysql://u:hunter2@x", SECRET_KEYS: "1:hunter2" }).join();
  assert.not.match(text, /hunter2/);
});

test("never repeat the secret of the storage, whatever else is wrong with it", () => {
  for (const url of [
    "s3://k:hun/ter2@h/beian",
    "s3://k:ter2@h/X",
    "s3://k:%zzter2@h/beian?ter2=1#ter2",
    "ter2",
  ])
    assert.not.match(problemsOf({ STORAGE_URL: url }).join(), /ter2/);
});

test("take the credentials of the storage from variables of their own", () => {
  const { storageUrl } = readConfig({
    STORAGE_URL: "s3://minio.example:9000/beian/files/?tls=off",
    STORAGE_ACCESS_KEY: "AKIA+1",
    STORAGE_SECRET_KEY: "a/b+c%d:e@f",
  });
  assert.equal(s3Place(storageUrl), {
    ...{ endpoint: "http://minio.example:9000/beian", region: "us-east-1", prefix: "files/" },
    ...{ key: "AKIA+1", secret: "a/b+c%d:e@f" },
  });
  assert.is(shownAddress(storageUrl), "s3://minio.example:9000/beian/files/");
});

test("prefer the credentials that stand in the address of the storage", () => {
  const env = { STORAGE_URL: "s3://mine:own@s3.example/beian?region=cn-north-1", ...bucket };
  const { key, secret, endpoint, prefix, region } = s3Place(readConfig(env).storageUrl);
  assert.equal([key, secret, prefix, region], ["mine", "own", "", "cn-north-1"]);
  assert.is(endpoint, "https://s3.example/beian");
});

test("put the bucket into the host name for stores that want it there", () => {
  const address = "s3://oss-cn-hangzhou.aliyuncs.com/beian?region=oss-cn-hangzhou&style=host";
  const { endpoint } = s3Place(readConfig({ STORAGE_URL: address, ...bucket }).storageUrl);
  assert.is(endpoint, "https://beian.oss-cn-hangzhou.aliyuncs.com");
});

test("know which hosts are this machine", () => {
  for (const host of ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", "other.localhost"])
    assert.ok(isLoopback(host), host);
  for (const host of ["0.0.0.0", "::", "10.0.0.1", "127.0.0.1.example", "localhost.example", "notlocalhost"])
    assert.not(isLoopback(host), host);
});

test.run();
