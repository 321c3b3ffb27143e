import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newSecretKeys, openVault } from "../../../src/crypto/vault.ts";
import type { Tree } from "../../../src/gateways/bureau/xml.ts";
import type { RootStore } from "../../../src/models/store.ts";
import { withText } from "../../../src/simulator/trees.ts";
import { copyOf, copyXml, ourRecord, recorded, takeCopy } from "../../support/copies.ts";
import { type TestDatabase, testDatabase } from "../../support/database.ts";
import { type People, settle } from "../../support/people.ts";
import { addBureau } from "../../support/records.ts";

type Context = { database: TestDatabase; store: RootStore; people: People; bureauId: number };

const test = suite<Context>("a full copy of the bureau beside our records");
test.before(async (context) => {
  const database = await testDatabase();
  const store = { db: database.db, vault: openVault(newSecretKeys()) };
  const people = await settle(store, { first: "yi.example", second: "er.example" });
  Object.assign(context, { database, store, people, bureauId: await addBureau(store, people.isps.first) });
});
test.after(({ database }) => database.close());

const standing = ({ store }: Context, subjectId: number) => store.db<{ place: string; state: string }[]>`
  select place, state from record_differences where subject_id = ${subjectId} and state in ('open', 'kept')
  order by place`;

const places = async (context: Context, subjectId: number): Promise<string[]> =>
  (await standing(context, subjectId)).map(({ place }) => place);

async function copied(context: Context, id: number, change: (copy: Tree) => Tree = (copy) => copy) {
  const { store, people, bureauId } = context;
  const copy = change(copyOf(await ourRecord(store, people.isps.first, id)));
  return takeCopy(store, bureauId, copyXml([copy]));
}

test("agrees with the record that it was made from", async (context) => {
  const id = await recorded(context.store, context.people, context.bureauId);
  assert.equal(await copied(context, id), { applied: 1, repeated: 0, parked: 0 });
  assert.equal(await places(context, id), []);
});

const changes: Record<string, [path: string, text: string]> = {
  name: ["Zt_xx/Dwmc", "别的茶业有限公司"],
  certNo: ["Zt_xx/Zj/Zjhm", "91330108MA2EXAMP0X"],
  mobile: ["Zt_xx/Fzr/Fzr_sjhm", "13900009999"],
  division: ["Zt_xx/Txdz/Xianid", "330106"],
  siteName: ["Wz_xx/Wzmc", "别的商城"],
  homePages: ["Wz_xx/Syurl", "shop.example.cn"],
  number: ["Wz_xx/Baxh", "浙ICP备20280999号-7"],
  serviceContents: ["Wz_xx/Fwnr/Fwnr_id", "2"],
  languages: ["Wz_xx/Yylb/Yylb_id", "3"],
  domains: ["Wz_xx/Ym_xx/Ym", "bie.example.cn"],
  accessModes: ["Wz_xx/Jr_xx/Wzjrfs/Jrfs", "1"],
  serverPlaces: ["Wz_xx/Jr_xx/Wzfb/Fbdd", "11"],
  ips: ["Wz_xx/Jr_xx/Ip_xx/Zzip", "3405803795"],
};

for (const [place, [path, text]] of Object.entries(changes))
  test(`finds ${place} alone where nothing else differs, and no more once it agrees again`, async (context) => {
    const id = await recorded(context.store, context.people, context.bureauId);
    await copied(context, id, (copy) => withText(copy, path, text));
    assert.equal(
      (await places(context, id)).filter((one) => one !== "partIds"),
      [place],
    );
    await copied(context, id);
    assert.equal(await places(context, id), []);
  });

test.run();
