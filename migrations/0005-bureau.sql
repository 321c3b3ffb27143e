-- The bureaus of a provider, every package sent, every answer taken.
create table isp_bureaus (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  province char(6) not null,
  is_default boolean not null default false,
  name text not null,
  endpoint text not null,
  bureau_isp_id bigint not null,
  user_name text not null,
  data_key bytea not null,
  -- sealed JSON { password, aesKey, aesIv }
  secrets_sealed bytea not null,
  encrypt_algorithm int not null default 1 check (encrypt_algorithm in (0, 1)),
  isp_id_parameter text not null default 'ispId' check (isp_id_parameter in ('ispId', 'ispID')),
  version text not null default 'V.3.0',
  settings jsonb not null default '{}',
  -- the last number the bureau accepted
  last_sequence bigint not null default 0,
  -- the queue of this bureau stands still until an operator starts it again
  stopped_at timestamptz,
  stopped_reason text,
  last_download_at timestamptz,
  unique (isp_id, province)
);
create unique index isp_bureau_default on isp_bureaus (isp_id) where is_default;
alter table filings add foreign key (bureau_id) references isp_bureaus;

create table bureau_packages (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  bureau_id bigint not null references isp_bureaus,
  filing_id bigint not null references filings,
  sequence bigint not null,
  file_name text not null,
  operation int not null,
  state text not null default 'prepared' check (state in ('prepared', 'sending', 'accepted', 'failed', 'settled', 'void')),
  -- the zip as sent, sealed in the file store under the filing's key
  file text not null,
  content_hash text not null,
  bytes int not null,
  code int,
  message text,
  tries int not null default 0,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  accepted_at timestamptz,
  settled_at timestamptz
);
-- a number is used once; one that the bureau never took (void) is free again, so that no gap arises
create unique index package_sequence_taken on bureau_packages (bureau_id, sequence) where state <> 'void';
-- one open upload for a filing
create unique index package_open on bureau_packages (filing_id) where state in ('prepared', 'sending', 'accepted');
create index bureau_packages_bureau on bureau_packages (bureau_id, sequence);
create index bureau_packages_isp on bureau_packages (isp_id, id desc);

create table bureau_answers (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  bureau_id bigint not null references isp_bureaus,
  file_name text not null,
  data_key bytea not null,
  file text not null,
  received_at timestamptz not null default now(),
  applied_at timestamptz,
  acknowledged_at timestamptz,
  constraint answer_once unique (bureau_id, file_name)
);

-- One row a result inside an answer: what it was about, what became of it.
create table bureau_results (
  id bigint generated always as identity primary key,
  answer_id bigint not null references bureau_answers,
  isp_id bigint not null references isps,
  position int not null,
  kind text not null,
  filing_id bigint references filings,
  -- 'applied', 'repeated', or 'parked' for a person to look at
  outcome text not null check (outcome in ('applied', 'repeated', 'parked')),
  note text,
  sealed bytea,
  constraint result_once unique (answer_id, position)
);
create index bureau_results_parked on bureau_results (isp_id, id) where outcome = 'parked';
create index bureau_results_filing on bureau_results (filing_id, id);
