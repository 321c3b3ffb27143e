/** What a provider's own system can be told over its web hook (网络回调), by the name that stands in the message. */
export const hookEvents = {
  "access.cut": {
    label: "断开接入",
    says: "a website here is without a filing: its access must be cut; answered with done it closes the task",
  },
  "record.cancelled": {
    label: "备案已注销",
    says: "the bureau cancelled a subject, a website or an access on record by itself",
  },
  "illegal_access.found": {
    label: "非法接入",
    says: "the bureau's list of illegal access names a domain or an address, said to be at this provider",
  },
} as const;

export type HookEvent = keyof typeof hookEvents;

export const hookEventNames = Object.keys(hookEvents) as HookEvent[];

/** Sent by `openbeian hook test` alone, whatever events were chosen. */
export const TEST_EVENT = "hook.test";

/** Its name in Chinese; an event that this version does not know is shown as it is. */
export const hookEventLabel = (event: string): string =>
  event in hookEvents ? hookEvents[event as HookEvent].label : event;
