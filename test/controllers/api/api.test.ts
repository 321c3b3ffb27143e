import { suite } from "uvu";
import * as assert from "uvu/assert";
import { apiRoutes } from "../../../src/controllers/api/index.ts";
import { addToken, revokeToken, type Scope, scopeNames } from "../../../src/models/api-token/tokens.ts";
import { type Answer, hosts, testWorld, type World } from "../../support/app.ts";
import { draft, freshParts, registrantNamed } from "../../support/filings.ts";

const test = suite<{ world: World; all: string }>("the interface for programs");
test.before(async (context) => {
  context.world = await testWorld();
  context.all = await tokenWith(context.world, scopeNames);
});
test.after(({ world }) => world.close());

const tokenWith = async (
  { store, people }: World,
  scopes: readonly Scope[],
  at: "first" | "second" = "first",
) => (await addToken(store, { ispId: people.isps[at], name: "crm", scopes: [...scopes] })).token;

type Said = { status: number; json: Record<string, never>; headers: Headers };

async function say(
  world: World,
  token: string,
  path: string,
  body?: unknown,
  host = hosts.first,
): Promise<Said> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const asked = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
  const answer: Answer = await world.visitor(host).request(`/api/v1${path}`, asked);
  return { status: answer.status, json: JSON.parse(answer.text), headers: answer.headers };
}

let serial = 0;
const server = () => {
  const key = `203.0.113.${++serial}`;
  return {
    type: "cloud_server",
    key,
    secret: "geheim-api-1",
    name: `接口主机${serial}`,
    quota: 2,
    place: "330000",
  };
};

test("adds a product, changes it, and shows it without its secret", async ({ world, all }) => {
  const product = server();
  const added = await say(world, all, "/products", product);
  assert.is(added.status, 200);
  assert.not.match(JSON.stringify(added.json), "geheim");
  const { secret: _, ...known } = product;
  const changed = await say(world, all, "/products", { ...known, name: "改过的名称" });
  assert.equal([changed.json.id, changed.json.name], [added.json.id, "改过的名称"]);
  const shown = await say(world, all, `/products/${added.json.id}`);
  assert.equal(shown.json, changed.json);
});

test("tells every fault of a product by its field, and nothing that was sent", async ({ world, all }) => {
  const { status, json, headers } = await say(world, all, "/products", {
    ...server(),
    ...{ key: "geheim-a", place: "geheim-b", secret: "geheim-c" },
  });
  assert.is(status, 422);
  assert.match(headers.get("content-type") ?? "", "application/problem+json");
  assert.equal((json.errors as unknown as { field: string }[]).map(({ field }) => field).sort(), [
    "key",
    "place",
  ]);
  assert.not.match(JSON.stringify(json), "geheim");
  const shape = await say(world, all, "/products", { type: "spaceship" });
  assert.equal([shape.status, shape.json.type], [422, "urn:openbeian:problem:invalid"]);
});

test("makes codes as far as there are places, lists them and takes them back", async ({ world, all }) => {
  const { id: product } = (await say(world, all, "/products", server())).json;
  const first = await say(world, all, "/codes", { product });
  assert.is(first.status, 201);
  assert.match(String(first.json.code), /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  const second = await say(world, all, "/codes", { product, account: "zhangsan" });
  assert.is(second.status, 201);
  assert.is((await say(world, all, "/codes", { product })).status, 409);
  const { codes } = (await say(world, all, `/codes?product=${product}`)).json as unknown as {
    codes: Said["json"][];
  };
  assert.equal(
    codes.map(({ id, state, grantedTo }) => [id, state, grantedTo]),
    [
      [second.json.id, "open", "zhangsan"],
      [first.json.id, "open", null],
    ],
  );
  assert.not.match(JSON.stringify(codes), String(first.json.code));
  assert.is((await say(world, all, `/codes/${first.json.id}/revocation`, {})).json.state, "revoked");
  assert.is((await say(world, all, "/codes", { product, account: "niemand" })).status, 422);
  assert.is((await say(world, all, "/codes", { product })).status, 201);
});

test("says whether a filing's domains may be opened", async ({ world, all }) => {
  const filing = await draft(world.store, registrantNamed(world.people, "张三"), freshParts());
  const { status, json } = await say(world, all, `/filings/${filing.number}/access`);
  assert.is(status, 200);
  assert.equal([json.number, json.state, json.open], [filing.number, "draft", false]);
  await world.db`update filings set state = 'numbered' where id = ${filing.id}`;
  assert.ok((await say(world, all, `/filings/${filing.number}/access`)).json.open);
  assert.is((await say(world, all, "/filings/nonsense/access")).status, 404);
  const ago = new Date(Date.now() - 1000);
  await world.db`update filings set kind = 'join', state = 'initial_review', access_open_at = ${ago} where id = ${filing.id}`;
  const joined = (await say(world, all, `/filings/${filing.number}/access`)).json;
  assert.equal([joined.open, joined.openAt], [true, ago.toISOString()]);
});

test("knows nobody without a token that holds here", async ({ world, all }) => {
  const { status, json, headers } = await say(world, "", "/codes");
  assert.equal([status, json.type], [401, "urn:openbeian:problem:no-token"]);
  assert.is(headers.get("www-authenticate"), "Bearer");
  assert.is((await say(world, `${all.slice(0, -1)}!`, "/codes")).status, 401);
  assert.is((await say(world, `obt_${"x".repeat(43)}`, "/codes")).status, 401);
  // The token of one provider at the host of another
  assert.is((await say(world, all, "/codes", undefined, hosts.second)).status, 401);
  assert.is((await say(world, all, "/codes", undefined, hosts.neutral)).status, 200);
});

test("lets a token do what its scopes say and no more", async ({ world }) => {
  for (const { method, path, scope } of apiRoutes) {
    const others = await tokenWith(
      world,
      scopeNames.filter((name) => name !== scope),
    );
    const address = path.replace("/api/v1", "").replace(":number", "20261118-0001").replace(/:\w+/, "1");
    const { status, json } = await say(world, others, address, method === "post" ? {} : undefined);
    assert.equal([status, json.type], [403, "urn:openbeian:problem:wrong-scope"], path);
  }
});

test("shows nothing of another provider", async ({ world, all }) => {
  const { id } = (await say(world, all, "/products", server())).json;
  const code = (await say(world, all, "/codes", { product: id })).json;
  const filing = await draft(world.store, registrantNamed(world.people, "张三"), freshParts());
  const foreign = await tokenWith(world, scopeNames, "second");
  const there = (path: string, body?: unknown) => say(world, foreign, path, body, hosts.second);
  assert.is((await there(`/products/${id}`)).status, 404);
  assert.is((await there(`/codes/${code.id}/revocation`, {})).status, 404);
  assert.is((await there("/codes", { product: id })).status, 404);
  assert.is((await there(`/filings/${filing.number}/access`)).status, 404);
  assert.equal((await there(`/codes?product=${id}`)).json.codes, []);
});

test("takes no token that was ended", async ({ world }) => {
  const { store, people } = world;
  const { id, token } = await addToken(store, {
    ispId: people.isps.first,
    name: "alt",
    scopes: ["codes:read"],
  });
  assert.is((await say(world, token, "/codes")).status, 200);
  assert.not(await revokeToken(store.db, people.isps.second, id));
  assert.ok(await revokeToken(store.db, people.isps.first, id));
  assert.is((await say(world, token, "/codes")).status, 401);
});

test("answers what is no address and no JSON with a problem", async ({ world, all }) => {
  assert.equal((await say(world, all, "/nonsense")).json.type, "urn:openbeian:problem:not-found");
  assert.is((await say(world, all, "/products/0")).status, 404);
  const headers = { authorization: `Bearer ${all}`, "content-type": "application/json" };
  const broken = await world.visitor().request("/api/v1/products", { method: "POST", headers, body: "{" });
  assert.is(broken.status, 400);
  const form = await world.visitor().request("/api/v1/products", {
    method: "POST",
    headers: { authorization: `Bearer ${all}` },
    body: new URLSearchParams({ a: "b" }),
  });
  assert.is(form.status, 400);
});

test("slows down who guesses at tokens", async ({ world }) => {
  const statuses = new Set<number>();
  for (let at = 0; at < 70; at++) statuses.add((await say(world, `obt_${"y".repeat(43)}`, "/codes")).status);
  assert.equal([...statuses], [401, 429]);
});

test("describes every route by the schemas that check it", async ({ world }) => {
  const { text } = await world.visitor().get("/api/v1/openapi.json");
  const described = JSON.parse(text);
  assert.is(described.openapi, "3.1.0");
  for (const { method, path, scope, status } of apiRoutes) {
    const operation = described.paths[path.replace(/:(\w+)/g, "{$1}")]?.[method];
    assert.equal(operation?.security, [{ token: [scope] }], path);
    assert.ok(operation.responses[status].content["application/json"].schema.properties, path);
  }
  const { parameters } = described.paths["/api/v1/products/{product}"].get;
  assert.equal([parameters[0].name, parameters[0].in, parameters[0].required], ["product", "path", true]);
  assert.ok(
    described.paths["/api/v1/products"].post.requestBody.content["application/json"].schema.properties.key,
  );
});

test.run();
