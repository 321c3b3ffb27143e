-- 代为备案: since when a draft that staff wrote is with its registrant for confirmation; null while staff write it, and of
-- every filing that no staff wrote. And 批量备案: a table of filings that was uploaded, what the rules said of each of its
-- rows, and the drafts that were made of them.

alter table filings add column handed_at timestamptz;
alter table filings add constraint handed_by_author check (handed_at is null or author_staff_id is not null);

create table batches (
  id uuid primary key,
  isp_id bigint not null references isps,
  account_id bigint not null references accounts,
  -- who uploaded it for the account; null: the account itself
  staff_id bigint references staff,
  -- checked: the dry run is done and nothing was written · running: drafts are being made · done
  state text not null default 'checked' check (state in ('checked', 'running', 'done')),
  data_key bytea not null,
  -- the table as it came, sealed in the file store; null: removed after a day
  file text,
  created_at timestamptz not null default now(),
  confirmed_at timestamptz,
  finished_at timestamptz,
  constraint batch_done_has_time check ((state = 'done') = (finished_at is not null))
);
create index batches_account on batches (account_id, created_at desc);
create index batches_file on batches (created_at) where file is not null;

create table batch_filings (
  batch_id uuid not null references batches on delete cascade,
  -- the first row of the table that belongs to the filing
  row int not null,
  -- bad: has errors, no draft is made · ready · done: the draft stands · failed: see the report
  state text not null check (state in ('bad', 'ready', 'done', 'failed')),
  -- subject, domains, path and findings for the report: sealed, since a subject may be a person
  report_sealed bytea not null,
  filing_id bigint references filings,
  -- why no draft was made of a row that was good in the dry run
  failure text,
  primary key (batch_id, row),
  constraint done_has_filing check ((state = 'done') = (filing_id is not null)),
  constraint failed_has_reason check ((state = 'failed') = (failure is not null))
);

-- Who of the staff opened the account for its owner; null: the owner did. Its owner sets the password with the activation.
alter table accounts add column opened_by bigint references staff;
