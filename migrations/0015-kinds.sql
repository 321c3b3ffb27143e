-- Every kind of filing beside the first: 新增网站, 新增接入, 变更备案, 注销备案, all on what is on record.
alter table filings drop constraint filings_kind_check;
alter table filings add constraint filings_kind_check check (kind in ('first', 'add', 'join', 'change', 'cancel'));
-- what a change or a cancellation is about, and the record of that: a subject, a website, an access
alter table filings add column scope text check (scope in ('subject', 'website', 'access'));
alter table filings add column target_id bigint;
-- the subject on record; null where it is filed elsewhere or for the first time
alter table filings add column subject_id bigint references subjects;
alter table filings add constraint scope_has_target check (
  (kind in ('change', 'cancel')) = (scope is not null)
  and (scope is not null) = (target_id is not null)
  and (scope is null or subject_id is not null));
create index filings_subject on filings (subject_id) where subject_id is not null;
-- MD5 of the 备案密码 in hexadecimal (ICPmm), sealed under the filing's key; erased when the upload is settled
alter table filings add column icp_password_sealed bytea;

-- A section that copies one on record names it and keeps what stands there, for old beside new.
alter table filing_sections add column record_id bigint;
alter table filing_sections add column before jsonb;
alter table filing_sections drop constraint filing_sections_kind_check;
alter table filing_sections add constraint filing_sections_kind_check
  check (kind in ('subject', 'website', 'access', 'cancellation'));

-- A record that is cancelled stays, for the history; its numbers and domain are free for the next.
alter table subjects add column cancelled_at timestamptz;
alter table websites add column cancelled_at timestamptz;
alter table accesses add column cancelled_at timestamptz;
alter table domains add column cancelled_at timestamptz;
-- a website or an access may come from another filing than its subject
alter table websites add column filing_id bigint references filings;
alter table accesses add column filing_id bigint references filings;
update websites w set filing_id = s.filing_id from subjects s where s.id = w.subject_id;
update accesses a set filing_id = w.filing_id from websites w where w.id = a.website_id;
alter table domains drop constraint domain_taken;
create unique index domain_taken on domains (isp_id, domain) where cancelled_at is null;
create index domains_name on domains (isp_id, domain);
