import type { Staff } from "../models/actor.ts";
import { addAnnouncement } from "../models/announcement/announcement.ts";
import { addPlace, type PlaceText } from "../models/place/place.ts";
import type { RootStore } from "../models/store.ts";

const notices = [
  {
    title: "真实性核验单换了新版，旧版用到月底",
    body: "新版的核验单已经可以在备案单里下载，内容由系统填好，打印、签字就可以。\n\n已经交了旧版的，不用重做。空白表单在[表单下载](/forms)。",
  },
  {
    title: "节假日的审核时间",
    body: "法定节假日不审核，时限按工作日计算。\n\n急事请打页面下方的备案咨询电话。",
  },
];

const places: readonly PlaceText[] = [
  {
    ...{ kind: "post", name: "备案受理处", address: "浙江省杭州市滨江区示例路1号2楼", position: 0 },
    ...{ hours: "", phone: "400-000-0000", note: "收件人写备案受理处，在信封上写明备案单号。" },
    ...{ weekdays: [], spans: [], capacity: 0 },
  },
  {
    ...{ kind: "on_site", name: "滨江面签点", address: "浙江省杭州市滨江区示例路1号1楼", position: 0 },
    ...{ hours: "工作日9:00–11:30，13:30–17:00", phone: "400-000-0000", note: "进门后在前台取号。" },
    weekdays: [1, 2, 3, 4, 5],
    spans: [
      ["09:00", "11:30"],
      ["13:30", "17:00"],
    ],
    capacity: 2,
  },
];

/** Notices and addresses of a demo provider, as its administrator would write them. */
export async function seedPublicContent(store: RootStore, administrator: Staff): Promise<void> {
  for (const notice of notices) await addAnnouncement(store, administrator, { ...notice, publishAt: "now" });
  for (const place of places) await addPlace(store, administrator, place);
}
