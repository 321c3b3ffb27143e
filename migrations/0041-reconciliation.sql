-- 对账: what the bureau says of our records (数据同步, 备案数据, 备案状态), compared; differences wait for a person.
create table reconciliations (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  bureau_id bigint not null references isp_bureaus,
  -- 'copy': files of a full copy; 'lookup': the bureau is asked for one record after the other
  source text not null default 'copy' check (source in ('copy', 'lookup')),
  -- 'collecting': more may come; 'compared': the copy is whole, so that what it lacks is only here
  state text not null default 'collecting' check (state in ('collecting', 'compared', 'closed')),
  started_at timestamptz not null default now(),
  -- when the last of it came
  last_at timestamptz not null default now(),
  compared_at timestamptz,
  closed_at timestamptz,
  -- records of it by what came out
  same int not null default 0,
  differing int not null default 0,
  only_bureau int not null default 0,
  only_here int not null default 0,
  -- a look-up that was broken off goes on after this website
  asked_to bigint not null default 0
);
create index reconciliations_bureau on reconciliations (bureau_id, id desc);
-- files belong to one of a bureau at a time
create unique index reconciliation_open on reconciliations (bureau_id, source) where state = 'collecting';

-- What came out for each record of a copy; `key` names it: our:105, or at the bureau alone bureau:77.
create table reconciliation_records (
  reconciliation_id bigint not null references reconciliations,
  isp_id bigint not null references isps,
  key text not null,
  subject_id bigint references subjects,
  answer_id bigint references bureau_answers,
  result text not null check (result in ('same', 'differing', 'only_bureau')),
  primary key (reconciliation_id, key)
);
create index reconciliation_records_subject on reconciliation_records (subject_id) where subject_id is not null;
create index reconciliation_records_answer on reconciliation_records (answer_id) where answer_id is not null;

-- One place where a record and the bureau do not agree. Both values are sealed: under the subject's key, or where only
-- the bureau has the record under a key of its own.
create table record_differences (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  bureau_id bigint not null references isp_bureaus,
  kind text not null check (kind in ('differs', 'only_bureau', 'only_here')),
  subject_id bigint references subjects,
  website_id bigint references websites,
  access_id bigint references accesses,
  -- what the bureau calls something that is not here, never a value of a person
  key text not null default '',
  -- a field of the dictionary, or number, bureauId, partIds, state, website, access, record
  place text not null,
  sealed bytea,
  data_key bytea,
  -- digest of both values: the same difference again, or another one at the same place
  digest bytea not null,
  -- where it was seen first and last
  answer_id bigint references bureau_answers,
  position int,
  reconciliation_id bigint references reconciliations,
  state text not null default 'open' check (state in ('open', 'repaired', 'kept', 'gone')),
  decision text check (decision in ('bureau', 'ours', 'keep')),
  reason_sealed bytea,
  found_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  settled_at timestamptz,
  settled_by bigint references staff,
  constraint difference_has_key check (subject_id is not null or data_key is not null),
  constraint difference_settled check ((state = 'open') = (settled_at is null)),
  constraint difference_decided check ((state in ('repaired', 'kept')) = (decision is not null))
);
-- one at a place as long as it stands
create unique index difference_at_place on record_differences
  (bureau_id, subject_id, website_id, access_id, key, place) nulls not distinct where state in ('open', 'kept');
create index record_differences_list on record_differences (isp_id, state, id desc);
create index record_differences_kind on record_differences (isp_id, state, kind, id desc);
create index record_differences_place on record_differences (isp_id, state, place, id desc);
create index record_differences_subject on record_differences (subject_id) where subject_id is not null;

-- Who repaired a record by 对账, beside the filings that change one; and what came back or was taken over from the bureau.
alter table record_revisions
  add column difference_id bigint references record_differences,
  drop constraint record_revisions_change_check,
  add constraint record_revisions_change_check check (change in ('changed', 'cancelled', 'restored', 'imported'));
-- what a copy is compared by
create index subjects_bureau on subjects (bureau_id, id) where cancelled_at is null;
