import { suite } from "uvu";
import * as assert from "uvu/assert";
import { accessTable } from "../src/middleware/access.ts";
import { type Answer, hosts, testWorld } from "./support/app.ts";
import { columnsOf, matrix } from "./support/matrix.ts";
import { addressOf, ask, tokenFor } from "./support/matrix-ask.ts";
import { become, matrixScene, type Scene, secrets } from "./support/matrix-scene.ts";

const test = suite<{ scene: Scene }>("the matrix of who may open what");
test.before(async (context) => {
  context.scene = await matrixScene();
});
test.after(({ scene }) => scene.world.close());

/** The letter of the matrix that an answer comes to; anything but these is a fault. */
function letterOf({ status, location, text }: Answer): string {
  if (status === 303) return /^\/(console\/)?login\?next=/.test(location ?? "") ? "L" : "+";
  if (status === 404) return "N";
  if (status === 401) return "T";
  if (status === 403) return text.includes("没有收下这次提交") ? "forged" : "F";
  return [200, 409, 413, 422, 503].includes(status) ? "+" : String(status);
}

/** Owner and staff of the provider may read the names where they are let in; nobody else anywhere. */
const OWN = [1, 4, 5, 6, 7, 8];
const readsNames = (column: number, expected: string): boolean => expected === "+" && OWN.includes(column);

test("has a row for every route and no other", async () => {
  const demo = await testWorld({
    demo: true,
    publicUrl: "http://localhost",
    metricsToken: "0123456789abcdef",
  });
  const routes = accessTable(demo.app).map(({ method, path }) => `${method} ${path}`);
  await demo.close();
  const rows = Object.keys(matrix);
  const missing = routes.filter((route) => !rows.includes(route));
  const left = rows.filter((route) => !routes.includes(route));
  assert.equal({ missing, left }, { missing: [], left: [] });
  for (const [route, row] of Object.entries(matrix)) assert.is(columnsOf(row).length, 11, route);
});

for (const [route, row] of Object.entries(matrix))
  test(`${route} lets in ${row.who}`, async ({ scene }) => {
    const { world, filing, parties } = scene;
    const found: string[] = [];
    // A page may show the words that were typed into its own address.
    const unsaid = secrets.filter((secret) => !addressOf(route, row, scene.words).includes(secret));
    for (const [column, party] of parties.entries()) {
      await become(world, filing, row.state ?? "initial_review");
      const answer = await ask(scene, route, row, await party.browser());
      found.push(letterOf(answer));
      const expected = columnsOf(row)[column] ?? "";
      if (!readsNames(column, expected))
        for (const secret of unsaid)
          assert.not(answer.text.includes(secret), `${party.name} reads ${secret} at ${route}`);
      // Without this the search for the names could not fail.
      if (row.shows && readsNames(column, expected)) {
        const seen = unsaid.some((secret) => answer.text.includes(secret));
        assert.ok(seen, `${party.name} sees the filing at ${route}: ${answer.status}`);
      }
    }
    assert.equal(found, columnsOf(row));
  });

/**
 * Programs carry tokens of their own in a header, which no other site can send along; a link to a phone is none before its
 * form is looked at (test/controllers/public/handover.test.ts has the tokens of one that holds).
 */
const forms = Object.entries(matrix).filter(([route]) => /^POST (?!\/api\/|\/u\/)/.test(route));

test("takes no form without the token of this very session", async ({ scene }) => {
  const [, owner, neighbour, , , , , , supervisor] = scene.parties;
  if (!owner || !neighbour || !supervisor) throw new Error("a party is missing");
  for (const [route, row] of forms) {
    const address = addressOf(route, row, scene.words);
    const browser = await (address.startsWith("/console") ? supervisor : owner).browser();
    const foreign = await tokenFor(await neighbour.browser(), address);
    const own = await tokenFor(browser, address);
    const tries: [string, Record<string, string>, Record<string, string>][] = [
      ["no token", { csrf: "" }, {}],
      ["the token of somebody else", { csrf: foreign }, {}],
      [
        "from another site",
        { csrf: own },
        { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      ],
    ];
    for (const [name, fields, headers] of tries) {
      const answer = await browser.post(address, fields, headers);
      assert.is(letterOf(answer), "forged", `${route} with ${name}`);
    }
  }
});

test("takes a session of one provider for none at the host of another", async ({ scene }) => {
  const { world, filing, parties } = scene;
  const pairs = [
    [1, "session", `/filings/${filing.number}`, "/login"],
    [8, "staff", `/console/filings/${filing.number}`, "/console/login"],
  ] as const;
  for (const [column, cookie, path, login] of pairs) {
    const at = await parties[column]?.browser();
    const there = world.visitor(hosts.second);
    there.setCookie(cookie, at?.cookies.get(at.cookieName(cookie)) ?? "");
    const answer = await there.get(path);
    assert.equal([answer.status, answer.location], [303, `${login}?next=${encodeURIComponent(path)}`]);
  }
});

test.run();
