-- A package is one file under one number. What is in it are up to 1000 requests, each of which is answered for itself.
alter table bureau_packages
  -- the key of the kept file
  add column data_key bytea,
  -- packages of before: sealed in the context of this filing, under its key
  add column sealed_for bigint references filings,
  -- why it failed, as a code of the bureau or a word of ours, and since when
  add column failure text,
  add column failed_at timestamptz;
update bureau_packages p set data_key = f.data_key, sealed_for = f.id from filings f where f.id = p.filing_id;
alter table bureau_packages alter column data_key set not null;

create table bureau_requests (
  id bigint generated always as identity primary key,
  package_id bigint not null references bureau_packages,
  isp_id bigint not null references isps,
  bureau_id bigint not null references isp_bureaus,
  -- place in the file, from 1
  position int not null,
  -- which sender it is of (src/models/bureau/senders.ts)
  kind text not null,
  filing_id bigint references filings,
  supplement_id bigint references supplements,
  -- Czlx; 0 for an answer to a task of the bureau, which has none
  operation int not null,
  -- names by which an answer may mean it, and the subject that it is about, see 0022
  about text[] not null default '{}',
  subject text,
  state text not null default 'open' check (state in ('open', 'failed', 'settled', 'void')),
  -- it holds the hash of a 备案密码, to be blanked when the package is over
  has_password boolean not null default false,
  -- what follows from the bureau's receipt of the file was done for this one
  accepted_at timestamptz,
  settled_at timestamptz,
  constraint request_place unique (package_id, position)
);
insert into bureau_requests (package_id, isp_id, bureau_id, position, kind, filing_id, supplement_id, operation, about,
  subject, state, has_password, accepted_at, settled_at)
select id, isp_id, bureau_id, 1, case when operation = 35 then 'supplement' else 'filing' end, filing_id, supplement_id,
  operation, about, subject, case when state in ('prepared', 'sending', 'accepted') then 'open' else state end,
  has_password, accepted_at, settled_at
from bureau_packages order by id;

-- one open upload for a filing; 单独提交核验材料 (35) and answers (0) go beside it
create unique index request_open on bureau_requests (filing_id) where state = 'open' and operation not in (0, 35);
-- 一个主体同时只有一次上报
create unique index request_of_subject on bureau_requests (bureau_id, subject)
  where state = 'open' and operation not in (0, 35);
create index bureau_requests_filing on bureau_requests (filing_id, id);
create index bureau_requests_supplement on bureau_requests (supplement_id) where supplement_id is not null;
create index bureau_requests_about on bureau_requests using gin (about);
create index bureau_requests_open on bureau_requests (bureau_id, package_id) where state = 'open';

alter table bureau_packages
  drop column filing_id, drop column operation, drop column about, drop column subject, drop column supplement_id,
  drop column has_password;
