import { addAnnouncement } from "../../src/models/announcement/announcement.ts";
import { storeQuery } from "../../src/models/lookup/stored.ts";
import { addPlace } from "../../src/models/place/place.ts";
import { addQuestion } from "../../src/models/question/change.ts";
import type { World } from "./app.ts";
import { staffNamed } from "./filings.ts";

/** A notice, a question, an address and a look-up of the first provider; gives what stands for them in addresses. */
export async function publicContent({ store, people }: World): Promise<Record<string, string>> {
  const administrator = staffNamed(people, "郑十");
  const notice = { title: "系统维护", body: "今晚维护两小时。", publishAt: "now" as const };
  const question = { groupId: "other", ask: "周末办公吗？", answer: "不办公。" };
  const place = {
    ...{
      kind: "post" as const,
      name: "备案受理处",
      address: "杭州市滨江区网商路1号",
      hours: "工作日9:00–17:00",
    },
    ...{ phone: "0571-00000000", note: "", position: 0 },
    ...{ weekdays: [], spans: [], capacity: 0 },
  };
  return {
    announcement: String(await addAnnouncement(store, administrator, notice)),
    question: await addQuestion(store, administrator, question),
    place: String(await addPlace(store, administrator, place)),
    result: await storeQuery(store, people.isps.first, "查无此名有限公司"),
  };
}
