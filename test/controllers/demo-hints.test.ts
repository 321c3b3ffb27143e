import { suite } from "uvu";
import * as assert from "uvu/assert";
import { demoRecords, demoTries } from "../../src/vocabulary/demo-records.ts";
import { testWorld } from "../support/app.ts";

const test = suite("what the demo says to try");

test("stands at the check of the kind in the demo alone", async () => {
  const demo = await testWorld({ demo: true, publicUrl: "http://localhost" });
  const shown = await (await demo.signInAs("张三")).get("/filings/new");
  await demo.close();
  for (const { certNumber, domain } of demoTries) {
    assert.match(shown.text, certNumber);
    assert.match(shown.text, domain);
  }
  assert.match(shown.text, demoRecords[0].password);
  const real = await testWorld();
  const page = await (await real.signInAs("张三")).get("/filings/new");
  await real.close();
  assert.is(page.status, 200);
  assert.not(page.text.includes(demoRecords[0].password));
});

test.run();
