-- 验证备案类型: what was asked before a filing is opened, what was found, and which way it went.
create table type_checks (
  -- stands in addresses, so that no number of a document does
  id uuid primary key,
  isp_id bigint not null references isps,
  account_id bigint not null references accounts,
  -- the form that asked: sent twice it makes one
  request_id uuid not null,
  -- as subjects.certificate_hash
  certificate_hash bytea not null,
  domain text not null,
  data_key bytea not null,
  -- 性质, 证件类型, 证件号码, 域名; and the numbers and names that the bureau gave
  inputs_sealed bytea not null,
  found_sealed bytea not null,
  -- 新增网站 or 新增接入 where somebody came for it
  wanted text check (wanted in ('add', 'join')),
  path text not null constraint type_check_path
    check (path in ('first', 'add_here', 'add_elsewhere', 'join', 'change', 'foreign_domain')),
  -- yes and no of our records and of the bureau, never a value
  evidence jsonb not null,
  -- none: the provider has no bureau to ask
  bureau text not null check (bureau in ('answered', 'silent', 'none')),
  -- the path that the registrant chose where it could not be found out
  chosen text check (chosen in ('first', 'add_here', 'add_elsewhere', 'join')),
  subject_id bigint references subjects,
  -- whether the bureau found the 备案密码 right
  password text check (password in ('right', 'unchecked')),
  filing_id bigint references filings,
  -- the path that a later answer of the bureau leads to instead
  contradicted text,
  rechecked_at timestamptz,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '1 day',
  constraint type_check_asked_once unique (account_id, request_id)
);
create index type_checks_filing on type_checks (filing_id, created_at) where filing_id is not null;
create index type_checks_expired on type_checks (expires_at) where filing_id is null;

-- 可开通访问 of a 新增接入: seven hours after it was last sent in to the initial review.
alter table filings add column access_open_at timestamptz;
