-- What the bureau asks and says by itself: 核实任务 (HSRW), 核查结果 (HCJG), 通知 (XGTZ). What it wrote is sealed under a key
-- of the row.

create table inquiries (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  bureau_id bigint not null references isp_bureaus,
  -- where it stands in a downloaded file; of one that was asked again, the newest
  answer_id bigint not null references bureau_answers,
  position int not null,
  -- the record that is asked about: by the bureau's id of the subject, else of its first website, else by its place
  about text not null,
  subject_id bigint references subjects,
  data_key bytea not null,
  record_sealed bytea not null,
  -- open: staff have to answer · to_send: the answer waits or is on its way · settled: the bureau has it
  state text not null default 'open' check (state in ('open', 'to_send', 'settled')),
  times int not null default 1,
  asked_at timestamptz not null default now(),
  -- counted by us: the bureau names no day
  due_at timestamptz not null,
  taken_by bigint references staff,
  taken_until timestamptz,
  answer_sealed bytea,
  answered_by bigint references staff,
  answered_at timestamptz,
  request_id uuid constraint inquiry_answered_once unique,
  -- why an answer came back, a code
  problem text,
  settled_at timestamptz,
  -- the due times about which staff were told
  told_soon timestamptz,
  told_overdue timestamptz,
  constraint inquiry_answer_has_author check ((answer_sealed is null) = (answered_by is null)),
  constraint inquiry_sent_has_answer check (state = 'open' or answer_sealed is not null),
  constraint inquiry_settled_has_time check ((state = 'settled') = (settled_at is not null))
);
-- asked again while it is not settled: the same task
create unique index inquiry_open on inquiries (bureau_id, about) where state <> 'settled';
create index inquiries_due on inquiries (isp_id, due_at, id) where state <> 'settled';
create index inquiries_over on inquiries (isp_id, id desc) where state = 'settled';
create index inquiries_to_send on inquiries (bureau_id, id) where state = 'to_send';
create index inquiries_subject on inquiries (subject_id) where subject_id is not null;

create table inquiry_events (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  inquiry_id bigint not null references inquiries,
  action text not null,
  staff_id bigint references staff,
  -- codes and ids, never a value of a person
  detail jsonb not null default '{}',
  created_at timestamptz not null default now()
);
create index inquiry_events_of on inquiry_events (inquiry_id, id);
create trigger inquiry_events_append_only before update or delete on inquiry_events
  for each row execute function refuse_change();
create trigger inquiry_events_no_truncate before truncate on inquiry_events
  for each statement execute function refuse_change();

create table inspections (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  bureau_id bigint not null references isp_bureaus,
  answer_id bigint not null references bureau_answers,
  position int not null,
  kind text not null check (kind in ('subject', 'access', 'website', 'liveness')),
  -- Hcjg, where the kind has one: of an access 1 多报, 2 少报; of a website without access 0 存活, 1 死亡
  finding int,
  number text,
  domain text,
  subject_id bigint references subjects,
  website_id bigint references websites,
  data_key bytea not null,
  entry_sealed bytea not null,
  came_at timestamptz not null default now(),
  done_by bigint references staff,
  done_at timestamptz,
  note_sealed bytea,
  constraint inspection_once unique (answer_id, position),
  constraint inspection_done_by_somebody check ((done_at is null) = (done_by is null)),
  constraint inspection_note_when_done check (note_sealed is null or done_at is not null)
);
create index inspections_open on inspections (isp_id, id) where done_at is null;
create index inspections_over on inspections (isp_id, id desc) where done_at is not null;

create table bulletins (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  bureau_id bigint not null references isp_bureaus,
  answer_id bigint not null references bureau_answers,
  position int not null,
  -- Tzlb: 0 about a subject, 1 about a website
  category int,
  number text,
  subject_id bigint references subjects,
  filing_id bigint references filings,
  data_key bytea not null,
  words_sealed bytea not null,
  came_at timestamptz not null default now(),
  -- whoever of the provider read it first
  read_by bigint references staff,
  read_at timestamptz,
  constraint bulletin_once unique (answer_id, position),
  constraint bulletin_read_by_somebody check ((read_at is null) = (read_by is null))
);
create index bulletins_isp on bulletins (isp_id, id desc);
create index bulletins_unread on bulletins (isp_id) where read_at is null;

-- The answer to an inquiry is a request among others.
alter table bureau_requests add column inquiry_id bigint references inquiries;
create index bureau_requests_inquiry on bureau_requests (inquiry_id) where inquiry_id is not null;
create unique index request_of_inquiry on bureau_requests (inquiry_id) where state = 'open';
