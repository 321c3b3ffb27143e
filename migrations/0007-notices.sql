-- Every mail and short message is one row with one id, its text sealed, its fate written down.
create table notices (
  id uuid primary key default gen_random_uuid(),
  isp_id bigint not null references isps,
  account_id bigint references accounts,
  staff_id bigint references staff,
  filing_id bigint references filings,
  code_id bigint references codes,
  channel text not null check (channel in ('mail', 'sms')),
  template text not null,
  data_key bytea not null,
  -- sealed JSON: the address, and what the template needs
  address_sealed bytea not null,
  variables_sealed bytea not null,
  -- one notice of a kind for one cause: 'returned:event:77:mail'
  cause text not null constraint notice_once unique,
  state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'failed', 'unclear')),
  tries int not null default 0,
  problem text,
  created_at timestamptz not null default now(),
  tried_at timestamptz,
  sent_at timestamptz
);
create index notices_filing on notices (filing_id, created_at) where filing_id is not null;
create index notices_isp on notices (isp_id, created_at desc);
create index notices_unsent on notices (created_at) where state in ('queued', 'sending', 'failed', 'unclear');
