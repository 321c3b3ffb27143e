import type { Bureau } from "./rows.ts";

/** What can be set for one bureau (`isp_bureaus.settings`); what is not set has the value below. */
export type BureauSettings = {
  /** For a whole call. A bureau may need a while for a file of 50 MB. */
  timeoutMs: number;
  /** Requests joined into one file, 1 … 1000. */
  recordsPerFile: number;
  /** When the bureau takes files, as pairs of HH:MM in Asia/Shanghai; none: always. Downloads are not bound to them. */
  hours: [from: string, to: string][];
  /** These hours hold on working days only. */
  workdaysOnly: boolean;
  /** Minutes, counted within the hours, after which what waits or does not come is told as stuck. */
  stuckAfterMinutes: number;
  /** Bytes that it takes of a picture, by slot, where that is other than usual. */
  pictureBytes?: Record<string, number>;
};

export const usualSettings: BureauSettings = {
  timeoutMs: 60_000,
  recordsPerFile: 1,
  hours: [],
  workdaysOnly: false,
  stuckAfterMinutes: 60,
};

/** The settings of a bureau, whole. */
export const settingsOf = ({ settings }: Pick<Bureau, "settings">): BureauSettings => ({
  ...usualSettings,
  ...settings,
});
