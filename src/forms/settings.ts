import { type FormBody, text, texts } from "../lib/form-body.ts";
import { wholeNumber } from "../lib/numbers.ts";
import type { IspContact, IspProfile, SettingChanges } from "../models/isp/change-settings.ts";
import type { Problem } from "../view.ts";
import { type Setting, settingGroups } from "./setting-table.ts";

/** What stands in the controls, by the key of the setting. */
export type ShownSettings = Record<string, string | string[]>;

const all: readonly Setting[] = settingGroups.flatMap(({ settings }) => settings);

/** reviewDays.ready out of the settings, phone out of the columns. */
const storedValue = (profile: IspProfile, { key, contact }: Setting): unknown =>
  key
    .split(".")
    .reduce<unknown>(
      (value, part) => (value as Record<string, unknown> | undefined)?.[part],
      contact ? profile : profile.settings,
    );

/** What the page shows of a provider's settings as they stand. */
export const shownSettings = (profile: IspProfile): ShownSettings =>
  Object.fromEntries(all.map((setting) => [setting.key, setting.reader.show(storedValue(profile, setting))]));

function put(target: Record<string, unknown>, key: string, value: unknown): void {
  const [group = "", name] = key.split(".");
  if (name === undefined) target[group] = value;
  else target[group] = { ...(target[group] as Record<string, unknown> | undefined), [name]: value };
}

/** The settings as they were typed; `changes` is whole only where there are no problems. */
export function readSettingsForm(body: FormBody): {
  shown: ShownSettings;
  seen: number;
  changes: SettingChanges;
  problems: Problem[];
} {
  const [contact, settings]: Record<string, unknown>[] = [{}, {}];
  const problems: Problem[] = [];
  const shown: ShownSettings = {};
  for (const setting of all) {
    const typed = texts(body, setting.key);
    const result = setting.reader.read(typed);
    shown[setting.key] = setting.kind === "checks" ? typed : (typed[0] ?? "");
    if (result.ok) put((setting.contact ? contact : settings) ?? {}, setting.key, result.value);
    else problems.push({ field: setting.key, text: `${setting.label}：${result.problem}` });
  }
  const changes = { contact: contact as IspContact, settings: settings ?? {} };
  return { shown, seen: wholeNumber(text(body, "seen")) ?? 0, changes, problems };
}
