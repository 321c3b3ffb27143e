/** A moment as the caller has it; it travels as ISO text. */
type Moment = Date | string;

type CodeVariables = {
  /** Path of the page that takes the code, such as `/activation/demo01`; the mail then links to it with `?code=`. */
  page?: string;
};

/** A filing named to staff; `dueAt` is the end of the time the provider gives itself (SLA). */
type DueFiling = { number: string; stage: string; dueAt: Moment };

/** A 面签: when and where. */
type Meeting = { place: string; address: string; phone: string; note: string; startsAt: Moment };

/** A website whose access the provider ends; `record` is the id of its subject's page. */
type Termination = { site: string; number: string; record: number };

/**
 * Every template and what it needs besides the provider, the addressee's name and the filing, which the worker looks up
 * by the notice's ids. A template has a view `views/mail/<name>.eta`, and `views/sms/<name>.eta` if `channels` says so.
 */
export type NoticeVariables = {
  "code-activation": CodeVariables;
  "code-login": CodeVariables;
  "code-password-reset": CodeVariables;
  "code-email-change": CodeVariables;
  "code-mobile-change": CodeVariables;
  "code-phone-proof": CodeVariables;
  "code-transfer": CodeVariables;
  "code-recovery": CodeVariables;
  /** To the owner of an address or number that somebody tried to register again. */
  "account-exists": { userName: string };
  "account-activated": { userName: string };
  "password-changed": Record<string, never>;
  /** 转移 to the addressee, or 合并 that the addressee is asked to agree to; `by` is the other's user name. */
  "record-offered": { kind: "transfer" | "merge"; number: string; by: string };
  /** What became of a 转移, 合并 or 认领; `other` is the user name of whoever has the record now. */
  "record-settled": {
    outcome: "given" | "received" | "declined" | "withdrawn";
    number: string;
    other: string;
  };
  "filing-submitted": Record<string, never>;
  /** `label` names the place to correct (网站名称, 真实性核验单), `text` says what is wrong and what to do. */
  "filing-returned": {
    from: "initial" | "verification" | "bureau";
    reasons: readonly { label: string; text: string }[];
    until?: Moment;
  };
  /** 初审通过: `photo` when the verification photo comes next, `bureau` when no verification is asked for. */
  "filing-approved": { next: "photo" | "bureau" };
  "curtain-posted": { courier: string; trackingNumber: string };
  "appointment-booked": Meeting;
  "appointment-cancelled": Meeting;
  "appointment-reminder": Meeting;
  /** 寄送资料: `parcel` is carrier and number, to staff; then what became of it, to the registrant. */
  "papers-posted": { parcel: string };
  "papers-received": Record<string, never>;
  "papers-checked": Record<string, never>;
  "papers-rejected": { reason: string };
  "filing-verified": Record<string, never>;
  /** 可开通访问 of a 新增接入. */
  "access-open": Record<string, never>;
  /** `phones` masked, as 138****5678. */
  "sms-check": { until: Moment; phones?: readonly string[] };
  "sms-check-reminder": { until: Moment; phones?: readonly string[] };
  "filing-numbered": { subjectNumber: string; websites: readonly { name: string; number: string }[] };
  /** 变更 or 注销 approved: `what` as 变更网站, `number` the 备案号 it is about. */
  "filing-done": { what: string; number: string };
  /** The bureau cancelled something on record by itself: `what` is 主体, 网站 or 网站接入. To its owner and to staff. */
  "record-cancelled": { what: string; number: string };
  "filing-closed": { reason: string };
  "term-reminder": { closesAt: Moment };
  /** `material` as the page calls it, 真实性核验单; `expiresOn` is the last day on which it holds. */
  "material-expiring": { material: string; expiresOn: Moment };
  /** A paper in 证件管理, by its kind; `expiresOn` is its last day. */
  "certificate-expiring": { material: string; expiresOn: Moment };
  "message-received": Record<string, never>;
  /** 代为备案: the registrant is asked to confirm the draft; staff hear that it came back with a message. */
  "draft-handed": Record<string, never>;
  "draft-sent-back": Record<string, never>;
  /** 撤销申请: to 上报, who asks the bureau; then its answer. `until`: the short-message check goes on until then. */
  "recall-asked": Record<string, never>;
  "recall-granted": { words: string };
  "recall-refused": { words: string; until?: Moment };
  /** 补传资料: `material` as the page calls it; `wish` what staff ask for. */
  "supplement-asked": { material: string; wish: string };
  "supplement-received": { material: string };
  "supplement-decided": { material: string; accepted: boolean; reason: string };
  /** 取消接入 by the provider: `site` name and `number` of the website, `reason` in words. */
  "termination-noticed": Termination & { reason: string; endsAt: Moment };
  "termination-reminder": Termination & { endsAt: Moment };
  "termination-objected": Termination;
  "termination-decided": Termination & { upheld: boolean; words: string; endsAt: Moment };
  "termination-filed": Termination;
  "sla-due": { filings: readonly DueFiling[] };
  "sla-overdue": { filings: readonly DueFiling[] };
  /** `alone`: number of the only filing that cannot be sent; the others go on. */
  "bureau-stopped": { bureau: string; reason: string; alone?: string };
  /** 核实任务 came, are due within a working day or overdue, or an answer came back; `inquiry` is the id of its page. */
  "inquiries-came": Record<string, never>;
  "inquiries-due": { tasks: readonly { name: string; dueAt: Moment }[]; overdue: boolean };
  "inquiry-came-back": { inquiry: number; reason: string };
  /** The registrant is asked to look at what is on record: `record` is the id of its page, `words` what to look at. */
  "inquiry-to-registrant": { record: number; number: string; words: string; until: Moment };
  /** 核查结果 and 通知 of the bureau, once a file. */
  "inspections-came": Record<string, never>;
  "bulletins-came": Record<string, never>;
  "numbers-missing": { filings: readonly { number: string; approvedAt: Moment }[] };
  /** 未备案网站 or 非法接入 in the provider's own address ranges, once a file; an answer that the bureau did not take. */
  "sites-reported": { kind: "unfiled" | "illegal" };
  "site-answer-failed": { domain: string; reason: string };
  /** 断开接入 that is open for more than a day; `name` is a domain or a 备案号. */
  "cuts-overdue": { cuts: readonly { name: string; openedAt: Moment }[] };
  /** The provider's own system took an event for a day in none of all tries; `cut` is the task it is about. */
  "hook-failed": { event: string; cut: number | null };
  /** 基础代码 that differ from ours wait for a look. */
  "code-tables-arrived": { bureau: string };
};

export type NoticeTemplate = keyof NoticeVariables;

export type Channel = "mail" | "sms";

const both = ["mail", "sms"] as const;
const mail = ["mail"] as const;

/** Through which channels a template can go: what cannot wait also goes to the phone. */
export const channels: Record<NoticeTemplate, readonly Channel[]> = {
  "code-activation": both,
  "code-login": both,
  "code-password-reset": both,
  "code-email-change": both,
  "code-mobile-change": both,
  "code-phone-proof": both,
  "code-transfer": both,
  "code-recovery": both,
  "account-exists": both,
  "account-activated": both,
  "password-changed": mail,
  "record-offered": both,
  "record-settled": both,
  "filing-submitted": mail,
  "filing-returned": both,
  "filing-approved": both,
  "curtain-posted": both,
  "appointment-booked": both,
  "appointment-cancelled": both,
  "appointment-reminder": both,
  "papers-posted": mail,
  "papers-received": mail,
  "papers-checked": mail,
  "papers-rejected": both,
  "filing-verified": mail,
  "access-open": both,
  "sms-check": both,
  "sms-check-reminder": both,
  "filing-numbered": both,
  "filing-done": both,
  "record-cancelled": both,
  "filing-closed": both,
  "term-reminder": both,
  "material-expiring": both,
  "certificate-expiring": mail,
  "message-received": mail,
  "draft-handed": both,
  "draft-sent-back": mail,
  "recall-asked": mail,
  "recall-granted": both,
  "recall-refused": both,
  "supplement-asked": both,
  "supplement-received": mail,
  "supplement-decided": mail,
  "termination-noticed": both,
  "termination-reminder": both,
  "termination-objected": mail,
  "termination-decided": both,
  "termination-filed": both,
  "sla-due": mail,
  "sla-overdue": mail,
  "bureau-stopped": mail,
  "inquiries-came": mail,
  "inquiries-due": mail,
  "inquiry-came-back": mail,
  "inquiry-to-registrant": both,
  "inspections-came": mail,
  "bulletins-came": mail,
  "numbers-missing": mail,
  "sites-reported": mail,
  "site-answer-failed": mail,
  "cuts-overdue": mail,
  "hook-failed": mail,
  "code-tables-arrived": mail,
};

export const noticeTemplates = Object.keys(channels) as NoticeTemplate[];
