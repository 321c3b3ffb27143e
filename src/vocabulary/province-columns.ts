import {
  type Column,
  type ColumnGroup,
  choice,
  DOCUMENTS,
  decided,
  flag,
  material,
  number,
  said,
  source,
  text,
  UNKNOWN,
} from "./province-column-kinds.ts";
import { domainHolders, type ProvinceRow } from "./province-schema.ts";

export type { Column } from "./province-column-kinds.ts";

/** Every column of a province's row but its code and name, in the order of the pages. */
export const columnGroups: readonly ColumnGroup[] = [
  {
    title: "审核时间和短信核验",
    columns: [
      number("reviewDaysMin", "最短几个工作日", 365, 0),
      number("reviewDaysMax", "最长几个工作日", 365, 0),
      {
        ...{ kind: "group", key: "reviewEstimate", label: "以往多久有结果" },
        items: [number("value", "多少", 365), choice("unit", "单位", { day: "天", week: "周" }), source],
      },
      flag("smsVerification", "做短信核验"),
      number("smsHours", "短信核验几小时内完成", 240),
      number("smsMaxWrongTries", "短信核验最多试几次", 20),
    ],
  },
  {
    title: "负责人",
    columns: [
      choice("leaderRule", "单位的主体负责人", {
        legal_rep_only: "只能是法定代表人",
        legal_rep_or_authorised: "法定代表人，或他书面授权的人",
        any: "没有限制",
      }),
      decided("siteLeaderLetterIfNotLegalRep", "网站负责人不是法定代表人的要授权书"),
      decided("leadersSamePersonIfNotLegalRep", "主体负责人不是法定代表人的，两个负责人应是同一人"),
      number("minAgeOrgLeader", "单位负责人的最小年龄", 99),
      number("minAgeSiteLeader", "网站负责人的最小年龄", 99),
      number("minAgeIndividual", "个人备案的最小年龄", 99),
    ],
  },
  {
    title: "个人和证件",
    columns: [
      choice(
        "personalCrossProvince",
        "个人用外省身份证",
        { allowed: "可以", with_permit: "要居住证", forbidden: "不可以" },
        UNKNOWN,
      ),
      choice(
        "personalResidencePermit",
        "外省个人的居住证",
        { required: "必须有", not_allowed: "有也不行" },
        UNKNOWN,
      ),
      decided("temporaryCardRefused", "不收临时身份证"),
      {
        ...{ kind: "list", key: "documentRules", label: "不收或有条件收的证件" },
        items: [
          choice("who", "谁的", { individual: "个人", leader: "单位的负责人" }),
          { kind: "picks", key: "types", label: "证件", words: DOCUMENTS },
          choice("severity", "怎么处理", { error: "不能提交", warning: "提醒" }),
          text("says", "写给主办者看的话"),
          source,
        ],
      },
    ],
  },
  {
    title: "电话和地址",
    columns: [
      decided("mobileMustBeLocal", "手机应是本省的号码"),
      flag("emergencyDistinct", "应急联系电话不能和本人手机相同"),
      decided("leaderNumbersMayNotCross", "两个负责人的手机和应急电话不能互换"),
      flag("landlineRequired", "要填办公电话"),
      choice("landlineSubstitute", "没有固定电话的", {
        none: "不行，必须有",
        not_needed: "可以不填",
        mobile_or_reason_in_remark: "填手机，或在备注里写原因",
        mobile_with_job_title: "填手机，备注里写机主的职务",
        mobile_with_contact_name: "填手机，备注里写联系人姓名",
        mobile_with_name_and_job_title: "填手机，备注里写机主的姓名和职务",
        mobile_distinct_from_leader: "填不是负责人本人的手机",
      }),
      decided("addressSameCityRequired", "所在地应和证件住所在同一个市"),
      choice(
        "investorRule",
        "企业的投资者或上级主管单位",
        { own_name: "填本单位全称", legal_representative: "填法定代表人", unit_name: "填一个单位的名称" },
        UNKNOWN,
      ),
    ],
  },
  {
    title: "网站和备注",
    columns: [
      { kind: "lines", key: "unitSiteNameEndings", label: "单位网站名称用什么结尾" },
      decided("siteNamesUnique", "同一主体的网站不能同名"),
      {
        ...{ kind: "group", key: "personalRemark", label: "个人网站的备注" },
        items: [
          text("says", "写给主办者看的话"),
          { kind: "lines", key: "words", label: "备注里必须有的词" },
          source,
        ],
      },
      flag("shellEntityCanAddSite", "没有网站的主体可以直接新增网站"),
      choice("footerNumber", "网站底部放", { site: "网站备案号", entity: "主体备案号" }),
    ],
  },
  {
    title: "域名",
    columns: [
      { kind: "picks", key: "domainHolderOrg", label: "单位的域名可以由谁持有", words: domainHolders },
      number("domainMinValidDays", "域名到期前至少几天", 365, 0),
      decided("domainCertificateRequired", "要上传域名证书"),
      number("domainsPerSite", "一个网站几个域名", 1000),
      number("maxNewDomainsPerOrderOrg", "单位一单最多新增几个域名", 1000),
      number("maxNewDomainsPerOrderIndividual", "个人一单最多新增几个域名", 1000),
      number("oneDomainAboveUnit", "单位备案超过几个网站后，一单一个域名", 1000),
      number("oneDomainAboveIndividual", "个人备案超过几个网站后，一单一个域名", 1000),
      number("mostSitesOrg", "一个单位最多几个网站", 1000),
      { kind: "lines", key: "refusedSuffixes", label: "不接受的域名后缀", hint: "每行一个，不带点。" },
      { kind: "lines", key: "refusedSuffixesIndividual", label: "个人不能用的域名后缀" },
      choice(
        "stateDomains",
        "事业单位和党政机关的域名",
        { institutions: "事业单位用.cn或.公益", all: "事业单位用.cn或.公益，党政机关用.gov.cn或.政务" },
        UNKNOWN,
      ),
    ],
  },
  {
    title: "材料",
    columns: [
      choice("formVariant", "真实性核验单", {
        national: "全国统一的",
        national_with_registrar: "全国统一的，写明注册商",
        guangdong: "广东的",
        national_org_jiangxi_individual: "单位用全国的，个人用江西的",
        national_plus_jiangsu_statements: "全国统一的，另签江苏的两份文件",
      }),
      { kind: "text", key: "curtainSlogan", label: "幕布底部应有的字", most: 300 },
      { kind: "list", key: "extraMaterials", label: "另需材料", items: material },
    ],
  },
  {
    title: "说明和来源",
    columns: [
      { kind: "list", key: "notes", label: "其他说明", items: [text("text", "说明"), source] },
      {
        ...{ kind: "list", key: "conflicts", label: "说法不同的地方" },
        items: [
          { kind: "text", key: "key", label: "哪一项", most: 60 },
          ...said("newer", "新的"),
          ...said("older", "旧的"),
        ],
      },
      { kind: "codes", key: "origins", label: "各项的来源" },
      { kind: "lines", key: "sources", label: "全部来源", hint: "每行一个，写来源的代号或自己的话。" },
    ],
  },
];

export const columns: readonly Column[] = columnGroups.flatMap((group) => group.columns);

const byKey = new Map(columns.map((column) => [column.key, column] as const));

/** The column of a key, undefined where the row has none of that name. */
export const maybeColumn = (key: string): Column | undefined => byKey.get(key);

/** What a column is called; its key where it has no words. */
export const columnLabel = (key: string): string => byKey.get(key)?.label ?? key;

/** Columns that a row has and no page can show; none. */
export const columnsWithoutWords = (row: ProvinceRow): string[] =>
  Object.keys(row).filter((key) => !byKey.has(key) && key !== "code" && key !== "name");
