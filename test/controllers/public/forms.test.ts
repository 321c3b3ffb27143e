import { suite } from "uvu";
import * as assert from "uvu/assert";
import { blankForms } from "../../../src/documents/forms/index.ts";
import { hosts, testWorld, type World } from "../../support/app.ts";
import { readPdf } from "../../support/pdf.ts";

const test = suite<{ world: World }>("the forms to download without data");
test.before(async (context) => {
  context.world = await testWorld();
});
test.after(({ world }) => world.close());

test("stand in one list, each as a PDF of one page that any cache may keep", async ({ world }) => {
  const visitor = world.visitor();
  const { text } = await visitor.get("/forms");
  for (const [name, { title }] of Object.entries(blankForms)) {
    assert.ok(text.includes(title), title);
    assert.ok(text.includes(`href="/forms/${name}.pdf" hx-boost="false"`), name);
    const { status, headers, bytes } = await visitor.get(`/forms/${name}.pdf`);
    assert.is(status, 200, name);
    assert.is(headers.get("content-type"), "application/pdf");
    assert.is(headers.get("cache-control"), "public, max-age=600");
    assert.equal(headers.getSetCookie(), []);
    assert.is(readPdf(bytes).pages, 1, name);
  }
});

test("bear the name of the host's provider, whoever asks", async ({ world }) => {
  const at = async (host: string) =>
    readPdf((await world.visitor(host).get("/forms/cancellation-statement.pdf")).bytes).text;
  assert.match(await at(hosts.first), "一号云计算有限公司");
  assert.match(await at(hosts.second), "二号网络有限公司");
  assert.not.match(await at(hosts.neutral), "有限公司");
});

test("are pages to print as well, without JavaScript", async ({ world }) => {
  const visitor = world.visitor();
  for (const [name, { title, draw }] of Object.entries(blankForms)) {
    const { status, text, headers } = await visitor.get(`/forms/${name}`);
    assert.is(status, 200, name);
    assert.match(text, draw("").title);
    assert.match(text, `href="/forms/${name}.pdf"`);
    assert.match(headers.get("cache-control") ?? "", "max-age=600");
    assert.ok(title.length > 0);
  }
  assert.is((await visitor.get("/forms/nothing")).status, 404);
});

test("are these and no others", async ({ world }) => {
  for (const name of ["constructor", "__proto__", "x", "..%2f..%2fetc"])
    assert.is((await world.visitor().get(`/forms/${name}.pdf`)).status, 404, name);
});

test.run();
