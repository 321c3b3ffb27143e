-- 补传资料: further papers for a filing that is locked, which change nothing of what is under review until staff take
-- them in. And 取消接入 by the provider, with notice, a period of grace and an objection.

create table supplements (
  id bigint generated always as identity primary key,
  filing_id bigint not null references filings,
  isp_id bigint not null references isps,
  -- wanted: staff asked for it · to_send: taken in while the filing is at the bureau, goes there by itself
  state text not null check (state in ('wanted', 'received', 'checked', 'to_send', 'sent', 'rejected', 'dropped')),
  slot text not null,
  section_id bigint not null,
  -- what staff asked for, what the registrant wrote with it, why it was rejected: sealed under the filing's key
  wish_sealed bytea,
  note_sealed bytea,
  answer_sealed bytea,
  asked_by bigint references staff,
  taken_by bigint references staff,
  taken_until timestamptz,
  decided_by bigint references staff,
  created_at timestamptz not null default now(),
  received_at timestamptz,
  decided_at timestamptz,
  sent_at timestamptz,
  constraint wish_has_words check (asked_by is null or wish_sealed is not null),
  constraint wanted_was_asked check (state <> 'wanted' or asked_by is not null)
);
create index supplements_filing on supplements (filing_id, id);
create index supplements_queue on supplements (isp_id, id) where state in ('wanted', 'received', 'to_send');

-- A picture of a supplement lies beside the slots of its filing until it is taken in.
alter table materials add column supplement_id bigint references supplements;
create index materials_supplement on materials (supplement_id) where supplement_id is not null;
drop index material_in_slot;
create unique index material_in_slot on materials (filing_id, slot, section_id) nulls not distinct
  where retired_at is null and supplement_id is null;
create unique index material_of_supplement on materials (supplement_id)
  where retired_at is null and supplement_id is not null;

create table terminations (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  account_id bigint not null references accounts,
  subject_id bigint not null references subjects,
  access_id bigint not null references accesses,
  -- noticed: the period of grace runs · filed: the cancellation is a filing, whose state says how far it is
  state text not null default 'noticed' check (state in ('noticed', 'objected', 'upheld', 'withdrawn', 'filed')),
  reason text not null,
  data_key bytea not null,
  explanation_sealed bytea not null,
  objection_sealed bytea,
  answer_sealed bytea,
  started_by bigint not null references staff,
  started_at timestamptz not null default now(),
  ends_at timestamptz not null,
  reminded_at timestamptz,
  objected_at timestamptz,
  decided_by bigint references staff,
  decided_at timestamptz,
  filing_id bigint references filings,
  request_id uuid not null constraint termination_once unique,
  check ((state = 'filed') = (filing_id is not null)),
  check ((objection_sealed is null) = (objected_at is null))
);
-- one at a time for an access
create unique index termination_open on terminations (access_id) where state in ('noticed', 'objected', 'upheld');
create index terminations_isp on terminations (isp_id, id desc);
create index terminations_account on terminations (account_id, id);
create index terminations_filing on terminations (filing_id) where filing_id is not null;
create index terminations_due on terminations (ends_at) where state in ('noticed', 'upheld');
