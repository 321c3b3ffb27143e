import type { State } from "../../src/models/filing/states.ts";

/**
 * Who may open which route, written by hand. One column a party, in this order:
 *
 *   1      a visitor
 *   2–4    the filing's owner · another registrant of the provider · a registrant of another provider
 *   5–10   staff of the provider: 初审 核验 上报 客服 主管 管理员
 *   11     staff of another provider who has every role
 *
 * `+` let in · `L` sent to the login · `F` refused, the role is another (403) · `N` there is no such page (404) ·
 * `T` programs only, by a token (401).
 * The portal knows no sessions of staff, and the console none of registrants: they are visitors there.
 */
export type Columns = string;

export type Row = {
  who: Columns;
  /** The state of the filing; 待初审 unless said otherwise. */
  state?: State;
  /** What stands in the address behind the path. */
  query?: string;
  /** What a form sends besides its token; without it a form that names nothing. */
  send?: Record<string, string>;
  /** Those let in on account of the filing see its name: the owner and staff of the provider. */
  shows?: true;
};

const row = (who: Columns, more: Omit<Row, "who"> = {}): Row => ({ who, ...more });

/** Words in braces stand for what `matrix-scene.ts` prepared. */
export const matrix: Record<string, Row> = {
  // For everybody
  "GET /": row("+ +++ ++++++ +"),
  "GET /healthz": row("+ +++ ++++++ +"),
  "GET /readyz": row("+ +++ ++++++ +"),
  // Only with METRICS_TOKEN, and then with the token
  "GET /metrics": row("N NNN NNNNNN N"),
  "GET /static/:file": row("+ +++ ++++++ +"),
  "GET /agreement": row("+ +++ ++++++ +"),
  "POST /agreement": row("+ +++ ++++++ +"),
  "GET /register": row("+ +++ ++++++ +"),
  "GET /register/place": row("+ +++ ++++++ +"),
  "POST /register": row("+ +++ ++++++ +"),
  "GET /register/activation": row("N NNN NNNNNN N"),
  "POST /register/activation": row("N NNN NNNNNN N"),
  "GET /register/activation/:ref": row("+ +++ ++++++ +"),
  "POST /register/activation/:ref": row("+ +++ ++++++ +"),
  "GET /captcha": row("+ +++ ++++++ +"),
  "GET /captcha/:name{.+\\.png}": row("+ +++ ++++++ +"),
  "GET /login": row("+ +++ ++++++ +"),
  "POST /login": row("+ +++ ++++++ +"),
  "GET /login/code": row("+ +++ ++++++ +"),
  "POST /login/code": row("+ +++ ++++++ +"),
  "POST /logout": row("+ +++ ++++++ +"),
  "GET /password/reset": row("+ +++ ++++++ +"),
  "POST /password/reset": row("+ +++ ++++++ +"),
  "GET /password/reset/code": row("+ +++ ++++++ +"),
  "POST /password/reset/code": row("+ +++ ++++++ +"),
  "GET /help": row("+ +++ ++++++ +"),
  "GET /help/guide": row("+ +++ ++++++ +"),
  "GET /help/preparation": row("+ +++ ++++++ +"),
  "GET /help/provinces": row("+ +++ ++++++ +"),
  "GET /help/provinces/:code": row("+ +++ ++++++ +"),
  "GET /help/places": row("+ +++ ++++++ +"),
  "GET /help/cancellation": row("+ +++ ++++++ +"),
  "GET /announcements": row("+ +++ ++++++ +"),
  // Of the provider of the host: the last two are at the other's
  "GET /announcements/:announcement": row("+ ++N ++++++ N"),
  "GET /forms": row("+ +++ ++++++ +"),
  "GET /forms/:form{.+\\.pdf}": row("N NNN NNNNNN N"),
  "GET /recovery": row("+ +++ ++++++ +"),
  "POST /recovery": row("+ +++ ++++++ +"),
  "GET /recovery/code": row("+ +++ ++++++ +"),
  "POST /recovery/code": row("+ +++ ++++++ +"),
  "GET /recovery/password": row("+ +++ ++++++ +"),
  "GET /query": row("+ +++ ++++++ +"),
  "POST /query": row("+ +++ ++++++ +"),
  "GET /query/results/:result": row("+ ++N ++++++ N"),
  // Nobody has this number; what is shown of one that there is stands in the tests of the page
  "GET /query/:number": row("N NNN NNNNNN N"),
  "GET /console/login": row("+ +++ ++++++ +"),
  "POST /console/login": row("+ +++ ++++++ +"),
  "GET /console/login/code": row("+ +++ ++++++ +"),
  "POST /console/login/code": row("+ +++ ++++++ +"),
  "GET /console/login/enrolment": row("+ +++ ++++++ +"),
  "POST /console/login/enrolment": row("+ +++ ++++++ +"),
  "POST /console/logout": row("+ +++ ++++++ +"),

  // Programs with a token of their provider; who is signed in counts for nothing
  "GET /api/v1/openapi.json": row("+ +++ ++++++ +"),
  "GET /api/v1/codes": row("T TTT TTTTTT T"),
  "POST /api/v1/codes": row("T TTT TTTTTT T"),
  "POST /api/v1/codes/:authorisation/revocation": row("T TTT TTTTTT T"),
  "POST /api/v1/products": row("T TTT TTTTTT T"),
  "GET /api/v1/products/:product": row("T TTT TTTTTT T"),
  "GET /api/v1/filings/:number/access": row("T TTT TTTTTT T"),

  // Only in the demo: elsewhere they are not there
  "GET /dev/outbox": row("N NNN NNNNNN N"),
  "GET /dev/outbox.json": row("N NNN NNNNNN N"),
  "GET /dev/bureau": row("N NNN NNNNNN N"),

  // Every registrant, each their own
  "GET /account": row("L +++ LLLLLL L"),
  "POST /account": row("L +++ LLLLLL L"),
  "GET /account/email": row("L +++ LLLLLL L"),
  "POST /account/email": row("L +++ LLLLLL L"),
  "GET /account/mobile": row("L +++ LLLLLL L"),
  "POST /account/mobile": row("L +++ LLLLLL L"),
  "GET /account/password": row("L +++ LLLLLL L"),
  "POST /account/password": row("L +++ LLLLLL L"),
  "GET /account/sessions": row("L +++ LLLLLL L"),
  "POST /account/sessions": row("L +++ LLLLLL L"),
  "GET /codes": row("L +++ LLLLLL L"),
  "POST /codes": row("L +NN LLLLLL L", { send: { product: "{product}" } }),
  "GET /codes/product": row("L +++ LLLLLL L"),
  "POST /codes/product": row("L +++ LLLLLL L"),
  "GET /codes/:authorisation/grant": row("L +++ LLLLLL L"),
  "POST /codes/:authorisation/grant": row("L +NN LLLLLL L"),
  "GET /codes/:authorisation/removal": row("L +++ LLLLLL L"),
  "POST /codes/:authorisation/removal": row("L +NN LLLLLL L"),
  "GET /filings": row("L +++ LLLLLL L", { shows: true }),
  "GET /filings/returned": row("L +++ LLLLLL L", { state: "returned", shows: true }),
  "GET /filings/new": row("L +++ LLLLLL L"),
  "POST /filings/new": row("L +++ LLLLLL L"),
  "GET /filings/new/:check": row("L +NN LLLLLL L"),
  "POST /filings/new/:check": row("L +NN LLLLLL L"),
  "POST /recovery/password": row("L +++ LLLLLL L"),
  "GET /account/transfers": row("L +++ LLLLLL L", { shows: true }),
  "POST /account/transfers": row("L +++ LLLLLL L"),
  "GET /records/claim": row("L +++ LLLLLL L"),
  "POST /records/claim": row("L +++ LLLLLL L"),
  "GET /records": row("L +++ LLLLLL L", { shows: true }),
  "POST /records": row("L +++ LLLLLL L"),
  "GET /records/export": row("L +++ LLLLLL L"),
  "POST /records/export": row("L +++ LLLLLL L", { send: { format: "csv" }, shows: true }),
  "GET /history": row("L +++ LLLLLL L", { shows: true }),
  "POST /history": row("L +++ LLLLLL L"),
  "GET /history/export": row("L +++ LLLLLL L"),
  "POST /history/export": row("L +++ LLLLLL L", { send: { format: "csv" }, shows: true }),

  // The two sides of a move between accounts
  "GET /account/transfers/:move": row("L ++N LLLLLL L"),
  "POST /account/transfers/:move": row("L ++N LLLLLL L"),

  // The owner of a filing or of its record
  "GET /records/:id": row("L +NN LLLLLL L", { shows: true }),
  "GET /records/:id/history": row("L +NN LLLLLL L", { shows: true }),
  "GET /records/:id/termination": row("L +NN LLLLLL L", { shows: true }),
  "POST /records/:id/termination": row("L +NN LLLLLL L"),
  "GET /records/:id/change": row("L +NN LLLLLL L", { shows: true }),
  "POST /records/:id/change": row("L +NN LLLLLL L"),
  "GET /records/:id/cancellation": row("L +NN LLLLLL L", { query: "?of=subject", shows: true }),
  "POST /records/:id/cancellation": row("L +NN LLLLLL L"),
  "GET /filings/:id": row("L +NN LLLLLL L", { shows: true }),
  "GET /filings/:id/history": row("L +NN LLLLLL L", { shows: true }),
  "GET /filings/:id/subject": row("L +NN LLLLLL L", { state: "draft", shows: true }),
  "POST /filings/:id/subject": row("L +NN LLLLLL L", { state: "draft" }),
  // Only of a cancellation
  "GET /filings/:id/reason": row("L NNN LLLLLL L", { state: "draft" }),
  "POST /filings/:id/reason": row("L NNN LLLLLL L", { state: "draft" }),
  "GET /filings/:id/type-check": row("L +NN LLLLLL L", { state: "draft", shows: true }),
  "POST /filings/:id/type-check": row("L +NN LLLLLL L", { state: "draft" }),
  // Only of a filing that works on what is on record
  "GET /filings/:id/password": row("L NNN LLLLLL L", { state: "draft" }),
  "POST /filings/:id/password": row("L NNN LLLLLL L", { state: "draft" }),
  "GET /filings/:id/product": row("L +NN LLLLLL L", { state: "draft", shows: true }),
  "POST /filings/:id/product": row("L +NN LLLLLL L", { state: "draft" }),
  "GET /filings/:id/websites/:n": row("L +NN LLLLLL L", { state: "draft", shows: true }),
  "POST /filings/:id/websites/:n": row("L +NN LLLLLL L", { state: "draft" }),
  "GET /filings/:id/websites/new": row("L +NN LLLLLL L", { state: "draft", shows: true }),
  "POST /filings/:id/websites/new": row("L +NN LLLLLL L"),
  "GET /filings/:id/websites/:n/removal": row("L +NN LLLLLL L", { state: "draft", shows: true }),
  "POST /filings/:id/websites/:n/removal": row("L +NN LLLLLL L", { send: { section: "{website}" } }),
  "GET /filings/:id/websites/:n/accesses/:m": row("L +NN LLLLLL L", { state: "draft", shows: true }),
  "POST /filings/:id/websites/:n/accesses/:m": row("L +NN LLLLLL L", { state: "draft" }),
  "GET /filings/:id/websites/:n/accesses/new": row("L +NN LLLLLL L", { state: "draft", shows: true }),
  "POST /filings/:id/websites/:n/accesses/new": row("L +NN LLLLLL L"),
  "GET /filings/:id/websites/:n/accesses/:m/removal": row("L +NN LLLLLL L", { state: "draft", shows: true }),
  "POST /filings/:id/websites/:n/accesses/:m/removal": row("L +NN LLLLLL L", {
    send: { section: "{access}" },
  }),
  "GET /filings/:id/check": row("L +NN LLLLLL L", { shows: true }),
  "GET /filings/:id/submission": row("L +++ LLLLLL L"),
  "POST /filings/:id/submission": row("L +NN LLLLLL L", { state: "draft" }),
  "GET /filings/:id/materials": row("L +NN LLLLLL L", { shows: true }),
  "GET /filings/:id/materials/:slot": row("L +++ LLLLLL L"),
  "POST /filings/:id/materials/:slot": row("L +NN LLLLLL L", { query: "?section={subject}" }),
  "POST /filings/:id/materials/:slot/removal": row("L +NN LLLLLL L", {
    query: "?section={subject}",
    send: { material: "{material}" },
  }),
  "POST /filings/:id/materials/:slot/rotation": row("L +NN LLLLLL L", {
    query: "?section={subject}",
    send: { material: "{material}" },
  }),
  "GET /filings/:id/forms/verification": row("L +NN LLLLLL L", { shows: true }),
  "GET /filings/:id/forms/verification.pdf": row("L +NN LLLLLL L"),
  "GET /filings/:id/forms/letter": row("L +NN LLLLLL L", { shows: true }),
  "GET /filings/:id/forms/letter.pdf": row("L +NN LLLLLL L"),
  "GET /filings/:id/materials/:slot/:copy": row("L +NN LLLLLL L", { query: "?section={subject}" }),
  "GET /filings/:id/photo": row("L +NN LLLLLL L", { state: "photo_due", shows: true }),
  "GET /filings/:id/curtain": row("L +NN LLLLLL L", { state: "photo_due", shows: true }),
  "POST /filings/:id/curtain": row("L +NN LLLLLL L", { state: "photo_due" }),
  "GET /filings/:id/curtain/receipt": row("L +++ LLLLLL L"),
  "POST /filings/:id/curtain/receipt": row("L +NN LLLLLL L"),
  "GET /filings/:id/curtain/loss": row("L +++ LLLLLL L"),
  "POST /filings/:id/curtain/loss": row("L +NN LLLLLL L"),
  "GET /filings/:id/messages": row("L +NN LLLLLL L", { shows: true }),
  "POST /filings/:id/messages": row("L +NN LLLLLL L"),
  "GET /filings/:id/cancellation": row("L +NN LLLLLL L", { state: "draft", shows: true }),
  "POST /filings/:id/cancellation": row("L +NN LLLLLL L"),
  "GET /filings/:id/withdrawal": row("L +++ LLLLLL L"),
  "POST /filings/:id/withdrawal": row("L +NN LLLLLL L"),
  "GET /filings/:id/verification": row("L +++ LLLLLL L"),
  "POST /filings/:id/verification": row("L +NN LLLLLL L"),
  "GET /filings/:id/verification/withdrawal": row("L +++ LLLLLL L"),
  "POST /filings/:id/verification/withdrawal": row("L +NN LLLLLL L"),
  "GET /filings/:id/sms-check": row("L +++ LLLLLL L"),
  "POST /filings/:id/sms-check": row("L +NN LLLLLL L"),

  "GET /filings/:id/supplements": row("L +NN LLLLLL L", { shows: true }),
  "POST /filings/:id/supplements": row("L +NN LLLLLL L"),
  "GET /filings/:id/recall": row("L +NN LLLLLL L", { state: "at_bureau", shows: true }),
  "POST /filings/:id/recall": row("L +NN LLLLLL L", { state: "at_bureau" }),

  // All staff, each their own
  "GET /console": row("L LLL ++++++ +"),
  "GET /console/account": row("L LLL ++++++ +"),
  "POST /console/account": row("L LLL ++++++ +"),

  // Staff who work on filings, those of their provider
  "GET /console/queue": row("L LLL +++++F +", { query: "?stage=initial", shows: true }),
  "POST /console/queue/next": row("L LLL +++F+F +", { send: { stage: "initial" } }),
  "GET /console/search": row("L LLL +++++F +", { query: "?q={domain}", shows: true }),
  "POST /console/search": row("L LLL +++++F +", { send: { q: "{domain}" } }),
  // Only the person who searched
  "GET /console/search/:search": row("L LLL +NNNNF N"),
  "GET /console/records": row("L LLL +++++F +", { shows: true }),
  "POST /console/records": row("L LLL +++++F +", { send: { domain: "{domain}" } }),
  "GET /console/records/:id": row("L LLL +++++F N", { shows: true }),
  "GET /console/records/export": row("L LLL +++++F +"),
  "POST /console/records/export": row("L LLL +++++F +", { send: { format: "csv" }, shows: true }),
  "GET /console/history": row("L LLL +++++F +", { shows: true }),
  "POST /console/history": row("L LLL +++++F +"),
  "GET /console/history/export": row("L LLL +++++F +"),
  "POST /console/history/export": row("L LLL +++++F +", { send: { format: "csv" }, shows: true }),
  "GET /console/filings/:id": row("L LLL +++++F N", { shows: true }),
  "GET /console/filings/:id/claim": row("L LLL +++F+F +"),
  "POST /console/filings/:id/claim": row("L LLL +++F+F N"),
  "GET /console/filings/:id/release": row("L LLL +++F+F +"),
  "POST /console/filings/:id/release": row("L LLL +++F+F N"),
  "GET /console/filings/:id/handover": row("L LLL +++F+F +"),
  "POST /console/filings/:id/handover": row("L LLL FFFF+F N", { send: { staff: "{reviewer}" } }),
  "GET /console/filings/:id/decision": row("L LLL +++F+F N", { shows: true }),
  "POST /console/filings/:id/decision": row("L LLL +++F+F N", { send: { act: "approve" } }),
  "GET /console/filings/:id/upload": row("L LLL FF+F+F +"),
  "POST /console/filings/:id/upload": row("L LLL FF+F+F N"),
  "GET /console/filings/:id/disclosures": row("L LLL +++F+F +"),
  "POST /console/filings/:id/disclosures": row("L LLL +++F+F N", {
    send: { place: "{subject}.idNo", why: "review" },
  }),
  "GET /console/filings/:id/corrections/:section/:field": row("L LLL +++F+F N", { shows: true }),
  "POST /console/filings/:id/corrections/:section/:field": row("L LLL +++F+F N"),
  "GET /console/filings/:id/materials/:materialId/:copy": row("L LLL +++F+F N"),
  "GET /console/messages": row("L LLL +++++F +", { shows: true }),
  "GET /console/filings/:id/messages": row("L LLL +++++F +"),
  "POST /console/filings/:id/messages": row("L LLL +++++F N"),
  "POST /console/filings/:id/messages/read": row("L LLL +++++F N"),
  "GET /console/filings/:id/numbers": row("L LLL FF+F+F N", { state: "approved", shows: true }),
  "POST /console/filings/:id/numbers": row("L LLL FF+F+F N", { state: "approved" }),
  "GET /console/supplements": row("L LLL +++++F +", { shows: true }),
  "GET /console/filings/:id/supplements": row("L LLL +++++F N", { shows: true }),
  "POST /console/filings/:id/supplements": row("L LLL +++++F N"),
  "GET /console/supplements/:supplement/claim": row("L LLL +++++F +"),
  "POST /console/supplements/:supplement/claim": row("L LLL +++F+F N"),
  "GET /console/supplements/:supplement/decision": row("L LLL +++++F +"),
  "POST /console/supplements/:supplement/decision": row("L LLL +++++F N"),
  "GET /console/filings/:id/recall": row("L LLL FF+F+F N", { state: "recall_requested", shows: true }),
  "GET /console/filings/:id/by-hand": row("L LLL FF+F+F N", { state: "ready", shows: true }),
  "POST /console/filings/:id/by-hand": row("L LLL FF+F+F N", { state: "ready" }),
  "POST /console/filings/:id/recall": row("L LLL FF+F+F N", { state: "recall_requested" }),
  "GET /console/curtains": row("L LLL +++++F +", { state: "photo_due", shows: true }),
  "GET /console/curtains/labels": row("L LLL +++++F +"),
  "GET /console/curtains/:id/parcel": row("L LLL +++++F +"),
  "POST /console/curtains/:id/parcel": row("L LLL +++++F N"),
  "GET /console/curtains/:id/receipt": row("L LLL +++++F +"),
  "POST /console/curtains/:id/receipt": row("L LLL +++++F N"),
  "GET /console/curtains/:id/loss": row("L LLL +++++F +"),
  "POST /console/curtains/:id/loss": row("L LLL +++++F N"),

  // 管理员
  "GET /console/announcements": row("L LLL FFFFF+ +"),
  "GET /console/announcements/new": row("L LLL FFFFF+ +"),
  "POST /console/announcements/new": row("L LLL FFFFF+ +"),
  "GET /console/announcements/:announcement": row("L LLL FFFFF+ N"),
  "POST /console/announcements/:announcement": row("L LLL FFFFF+ N"),
  "GET /console/announcements/:announcement/removal": row("L LLL FFFFF+ +"),
  "POST /console/announcements/:announcement/removal": row("L LLL FFFFF+ N"),
  "GET /console/questions": row("L LLL FFFFF+ +"),
  "POST /console/questions": row("L LLL FFFFF+ N", { send: { question: "{question}", act: "up" } }),
  "GET /console/questions/new": row("L LLL FFFFF+ +"),
  "POST /console/questions/new": row("L LLL FFFFF+ +"),
  "GET /console/questions/:question": row("L LLL FFFFF+ N"),
  "POST /console/questions/:question": row("L LLL FFFFF+ N"),
  "GET /console/places": row("L LLL FFFFF+ +"),
  "GET /console/places/new": row("L LLL FFFFF+ +"),
  "POST /console/places/new": row("L LLL FFFFF+ +"),
  "GET /console/places/:place": row("L LLL FFFFF+ N"),
  "POST /console/places/:place": row("L LLL FFFFF+ N"),
  "GET /console/places/:place/closure": row("L LLL FFFFF+ +"),
  "POST /console/places/:place/closure": row("L LLL FFFFF+ N"),
  "GET /console/settings": row("L LLL FFFFF+ +"),
  "POST /console/settings": row("L LLL FFFFF+ +"),

  // 主管 and 管理员
  "GET /console/products": row("L LLL FFFF++ +"),
  "POST /console/products": row("L LLL FFFF++ +"),
  "GET /console/products/new": row("L LLL FFFF++ +"),
  "POST /console/products/new": row("L LLL FFFF++ +"),
  "GET /console/products/template": row("L LLL FFFF++ +"),
  "GET /console/products/:product/state": row("L LLL FFFF++ +"),
  "POST /console/products/:product/state": row("L LLL FFFF++ N", { send: { to: "active" } }),

  // 主管
  "GET /console/records/:id/transfer": row("L LLL FFFF+F N"),
  "POST /console/records/:id/transfer": row("L LLL FFFF+F N"),

  // 上报 and 主管
  "GET /console/bureau": row("L LLL FF+F+F +", { state: "upload_failed", shows: true }),
  "GET /console/terminations": row("L LLL FF+F+F +"),
  "GET /console/terminations/:termination": row("L LLL FF+F+F N"),
  "POST /console/terminations/:termination": row("L LLL FF+F+F N"),
  "GET /console/terminations/:termination/filing": row("L LLL FF+F+F +"),
  "POST /console/terminations/:termination/filing": row("L LLL FF+F+F N"),
  "GET /console/accesses/:access/termination": row("L LLL FF+F+F N"),
  "POST /console/accesses/:access/termination": row("L LLL FF+F+F N"),
  "GET /console/bureau/uploads/:id/retry": row("L LLL FF+F+F +"),
  "POST /console/bureau/uploads/:id/retry": row("L LLL FF+F+F N"),
  "GET /console/bureau/uploads/:id/return": row("L LLL FF+F+F +"),
  "POST /console/bureau/uploads/:id/return": row("L LLL FF+F+F N"),
  "GET /console/bureau/results/:id": row("L LLL FF+F+F +"),
  "POST /console/bureau/results/:id": row("L LLL FF+F+F N"),
};

/** The columns of a row without its blanks. */
export const columnsOf = ({ who }: Row): string[] => [...who.replaceAll(" ", "")];
