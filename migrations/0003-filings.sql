-- Filings (备案单): the draft that travels through the workflow until it is a record or is over.

-- Subjects, websites, domains, accesses and addresses share one sequence: the bureau echoes these ids.
create sequence object_ids as bigint;

create table filing_numbers (
  day date primary key,
  last int not null
);

create table filings (
  id bigint generated always as identity primary key,
  -- 备案单号, the public name of a filing: 20261118-0042
  number text not null constraint filing_number_taken unique check (number ~ '^\d{8}-\d{4,}$'),
  isp_id bigint not null references isps,
  account_id bigint not null references accounts,
  -- staff who filed on behalf of the registrant (代为备案)
  author_staff_id bigint references staff,
  kind text not null check (kind in ('first')),
  state text not null default 'draft' check (state in
    ('draft', 'initial_review', 'returned', 'photo_due', 'verification', 'ready', 'uploading', 'upload_failed',
     'sms_pending', 'at_bureau', 'bureau_returned', 'recall_requested', 'approved', 'numbered', 'cancelled', 'closed')),
  returned_from text check (returned_from in ('initial', 'verification', 'bureau')),
  -- what the state was before the first submission of this round: 撤回 goes back there
  former_state text,
  former_from text,
  state_since timestamptz not null default now(),
  round int not null default 0,
  nature int not null,
  province char(6),
  bureau_id bigint,
  claimed_by bigint references staff,
  claimed_until timestamptz,
  due_at timestamptz,
  sms_until timestamptz,
  data_key bytea not null,
  -- shown in lists; null for a person, whose name is sealed beside it
  subject_name text,
  subject_name_sealed bytea,
  site_name text,
  domain text,
  errors int not null default 0,
  warnings int not null default 0,
  -- who passed the initial review last: four eyes look at it
  initial_reviewer_id bigint references staff,
  declared_at timestamptz,
  form_signed_on date,
  created_at timestamptz not null default now(),
  submitted_at timestamptz,
  updated_at timestamptz not null default now(),
  constraint returned_says_from check ((state = 'returned') = (returned_from is not null))
);
create index filings_of_account on filings (account_id, id desc);
-- queues: one provider, one state, most urgent first
create index filings_queue on filings (isp_id, state, coalesce(due_at, 'infinity'), id);
create index filings_claimed on filings (claimed_by) where claimed_by is not null;

-- A section is the subject, a website or an access. Its id is the one the bureau echoes and the record carries on.
create table filing_sections (
  id bigint primary key default nextval('object_ids'),
  filing_id bigint not null references filings,
  isp_id bigint not null references isps,
  kind text not null check (kind in ('subject', 'website', 'access')),
  parent_id bigint references filing_sections on delete cascade,
  position int not null,
  version int not null default 1,
  -- keyed by the field dictionary; sensitive values are sealed strings
  values jsonb not null default '{}',
  updated_at timestamptz not null default now(),
  constraint section_place_taken unique nulls not distinct (filing_id, kind, parent_id, position),
  check ((kind = 'access') = (parent_id is not null))
);
create index filing_sections_parent on filing_sections (parent_id) where parent_id is not null;

-- Ids of domains and addresses inside a section, first written with it, carried to the record.
create table filing_domains (
  id bigint primary key default nextval('object_ids'),
  filing_id bigint not null references filings,
  isp_id bigint not null references isps,
  section_id bigint not null references filing_sections on delete cascade,
  domain text not null,
  unique (section_id, domain)
);
create index filing_domains_name on filing_domains (domain);

create table filing_ips (
  id bigint primary key default nextval('object_ids'),
  filing_id bigint not null references filings,
  isp_id bigint not null references isps,
  section_id bigint not null references filing_sections on delete cascade,
  first_ip inet not null,
  last_ip inet not null,
  unique (section_id, first_ip, last_ip)
);

-- What an open filing holds alone within its provider: a certificate, a domain, a record. Freed when it ends.
create table filing_holds (
  isp_id bigint not null references isps,
  kind text not null check (kind in ('certificate', 'domain', 'record')),
  key bytea not null,
  filing_id bigint not null references filings,
  primary key (isp_id, kind, key)
);
create index filing_holds_filing on filing_holds (filing_id);

-- Append-only history, chained for each filing: hash = sha256(previous hash + canonical row). Keys and digests only.
create table filing_events (
  id bigint generated always as identity primary key,
  filing_id bigint not null references filings,
  isp_id bigint not null references isps,
  seq int not null,
  action text not null,
  actor_kind text not null check (actor_kind in ('registrant', 'staff', 'system', 'bureau', 'operator')),
  actor_id bigint,
  from_state text,
  to_state text not null,
  request_id uuid not null,
  detail jsonb not null default '{}',
  created_at timestamptz not null,
  prev_hash bytea not null,
  hash bytea not null,
  constraint event_once unique (filing_id, request_id),
  constraint event_order unique (filing_id, seq),
  -- a return without a reason helps nobody
  constraint return_has_reason check (
    action not in ('return-initial', 'return-verification')
    or (jsonb_typeof(detail -> 'reasons') = 'array' and jsonb_array_length(detail -> 'reasons') > 0)),
  check ((actor_kind in ('registrant', 'staff')) = (actor_id is not null))
);
create index filing_events_time on filing_events (isp_id, created_at desc, id desc);

-- The values behind an event, sealed under the filing's key.
create table filing_revisions (
  id bigint generated always as identity primary key,
  filing_id bigint not null references filings,
  event_id bigint not null references filing_events,
  section_id bigint,
  sealed bytea not null
);
create index filing_revisions_event on filing_revisions (event_id);
create index filing_revisions_filing on filing_revisions (filing_id, id desc);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the history is append-only' using errcode = 'integrity_constraint_violation';
end $$;
create trigger filing_events_append_only before update or delete on filing_events
  for each row execute function refuse_change();
create trigger filing_events_no_truncate before truncate on filing_events
  for each statement execute function refuse_change();

-- Reasons of a return, one row a place to correct.
create table filing_returns (
  id bigint generated always as identity primary key,
  filing_id bigint not null references filings,
  event_id bigint not null references filing_events,
  section_id bigint,
  field text,
  slot text,
  reason text not null,
  note_sealed bytea,
  check (field is null or slot is null)
);
create index filing_returns_filing on filing_returns (filing_id, id);

create table messages (
  id bigint generated always as identity primary key,
  filing_id bigint not null references filings,
  isp_id bigint not null references isps,
  account_id bigint references accounts,
  staff_id bigint references staff,
  body_sealed bytea not null,
  created_at timestamptz not null default now(),
  read_at timestamptz,
  check ((account_id is null) <> (staff_id is null))
);
create index messages_filing on messages (filing_id, id);

create table curtains (
  id bigint generated always as identity primary key,
  filing_id bigint not null references filings,
  isp_id bigint not null references isps,
  state text not null check (state in ('ordered', 'posted', 'received', 'lost')),
  recipient_sealed bytea not null,
  phone_sealed bytea not null,
  address_sealed bytea not null,
  remark_sealed bytea,
  courier text,
  tracking_number text,
  ordered_at timestamptz not null default now(),
  posted_at timestamptz,
  received_at timestamptz
);
-- one order under way for a filing
create unique index curtain_under_way on curtains (filing_id) where state in ('ordered', 'posted');
create index curtains_queue on curtains (isp_id, state, id);

-- A responsible person's number proved by a code; holds for that number only.
create table phone_proofs (
  filing_id bigint not null references filings,
  section_id bigint not null references filing_sections on delete cascade,
  field text not null,
  number_hash bytea not null,
  proved_at timestamptz not null default now(),
  primary key (section_id, field, number_hash)
);
