import type { Db } from "../../db/client.ts";
import { addMonths, isoDate } from "../../lib/dates.ts";
import { derivedId } from "../../lib/ids.ts";
import { TransitionRefused } from "../errors.ts";
import { guards } from "../filing/guards.ts";
import { transition } from "../filing/transition.ts";
import { noticeRegistrant } from "../notice/registrant.ts";
import { inTransaction, type RootStore } from "../store.ts";

/** Three months from the signature, as the guard `formFresh` has it. */
const FORM_MONTHS = 3;
/** Days before the end at which the registrant is told. */
const NOTICE_DAYS = 7;

type Ageing = {
  id: number;
  ispId: number;
  accountId: number;
  sectionId: number | null;
  signedOn: string;
  expired: boolean;
};

/** Row 16: verification forms (真实性核验单) older than three months, after a reminder a week before. */
export async function expireMaterials(root: RootStore): Promise<{ reminded: number; returned: number }> {
  const done = { reminded: 0, returned: 0 };
  for (const filing of await ageingForms(root.db)) {
    if (!filing.expired) {
      await remind(root, filing);
      done.reminded++;
    } else if (await expire(root, filing)) done.returned++;
  }
  return done;
}

/** One form a filing: the oldest. Reminders that were sent are not sent again, so their filings may come up again. */
const ageingForms = (db: Db): Promise<Ageing[]> => db<Ageing[]>`
  with forms as (
    select distinct on (f.id) f.id, f.isp_id, f.account_id, m.section_id,
      coalesce(f.form_signed_on, (m.uploaded_at at time zone 'Asia/Shanghai')::date) as signed_on,
      (now() at time zone 'Asia/Shanghai')::date as today
    from filings f join materials m on m.filing_id = f.id and m.slot = 'form' and m.retired_at is null
      and m.supplement_id is null
    where f.state in ('photo_due', 'verification', 'ready')
    order by f.id, m.uploaded_at)
  select id, isp_id, account_id, section_id, signed_on,
    signed_on < today - make_interval(months => ${FORM_MONTHS}) as expired
  from forms
  where signed_on < today - make_interval(months => ${FORM_MONTHS}) + make_interval(days => ${NOTICE_DAYS})
  order by id limit 1000`;

const expiresOn = ({ signedOn }: Ageing): string => addMonths(isoDate(signedOn), FORM_MONTHS);

const remind = (root: RootStore, filing: Ageing): Promise<void> =>
  inTransaction(root, (store) =>
    noticeRegistrant(
      store,
      filing,
      "material-expiring",
      { material: "真实性核验单", expiresOn: expiresOn(filing) },
      `material-expiring:${filing.id}:${expiresOn(filing)}`,
    ),
  );

/** False when the filing moved on, or got another form, in this very moment. */
async function expire(root: RootStore, filing: Ageing): Promise<boolean> {
  try {
    await transition(root, {
      filingId: filing.id,
      action: "expire-material",
      actor: { kind: "system" },
      requestId: derivedId("expire-form", filing.id, expiresOn(filing)),
      input: { reasons: [{ sectionId: filing.sectionId, slot: "form", reason: "date" }] },
      within: async (context) => {
        if (!(await guards.formFresh(context))) throw new TransitionRefused("expire-material", "wrong_state");
      },
    });
    return true;
  } catch (error) {
    if (error instanceof TransitionRefused) return false;
    throw error;
  }
}
