import { clock, isoDate } from "../lib/dates.ts";

/** 2026-12-04 16:20:00 */
export const timeText = (at: number): string => `${isoDate(new Date(at))} ${clock(new Date(at))}:00`;
