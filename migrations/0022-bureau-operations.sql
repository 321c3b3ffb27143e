-- Every operation of the bureau's interface: by what an answer names a package, what is blanked, how a record changed.
alter table bureau_packages
  -- names by which an answer may mean it: our:105, bureau:77, number:京ICP备… ; with `operation` (Czlx)
  add column about text[] not null default '{}',
  -- the subject it is about, one of those names; null for a supplement
  add column subject text,
  -- the file holds the hash of a 备案密码, to be blanked when the package is over
  add column has_password boolean not null default false,
  add column blanked_at timestamptz;
-- the paper that a package of 单独提交核验材料 carries
alter table bureau_packages add column supplement_id bigint references supplements;
create index bureau_packages_supplement on bureau_packages (supplement_id) where supplement_id is not null;
-- why the interface cannot carry it: it is left to 上报
alter table supplements add column send_problem text;
create index bureau_packages_about on bureau_packages using gin (about);
-- packages of before are first filings, named by the subject's section
update bureau_packages p set about = array['our:' || s.id], subject = 'our:' || s.id
from filing_sections s where s.filing_id = p.filing_id and s.kind = 'subject';

-- 单独提交核验材料 (35) goes beside the upload it belongs to
drop index package_open;
create unique index package_open on bureau_packages (filing_id)
  where state in ('prepared', 'sending', 'accepted') and operation <> 35;
-- 一个主体同时只有一次上报: what the bureau says about a subject is then never ambiguous
create unique index package_of_subject on bureau_packages (bureau_id, subject)
  where state in ('prepared', 'sending', 'accepted') and operation <> 35;

-- What stood in a record before and after, sealed under the subject's key; nothing sealed where it was cancelled.
create table record_revisions (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  subject_id bigint not null references subjects,
  kind text not null check (kind in ('subject', 'website', 'access')),
  record_id bigint not null,
  change text not null check (change in ('changed', 'cancelled')),
  -- the filing that did it; null where the bureau did by itself (注销数据)
  filing_id bigint references filings,
  sealed bytea,
  created_at timestamptz not null default now(),
  check ((change = 'changed') = (sealed is not null))
);
create index record_revisions_subject on record_revisions (subject_id, id desc);
create index record_revisions_record on record_revisions (record_id, id desc);

-- What is cancelled stays, so its number is taken only as long as it is in force.
alter table subjects drop constraint subject_number_taken;
create unique index subject_number_taken on subjects (isp_id, number) where cancelled_at is null;
create index subjects_numbered on subjects (isp_id, number);
alter table websites drop constraint website_number_taken;
create unique index website_number_taken on websites (isp_id, number) where cancelled_at is null;
create index websites_numbered on websites (isp_id, number);
-- 注销数据 names what it means by the bureau's ids
create index subjects_bureau_object on subjects (bureau_id, bureau_object_id) where bureau_object_id is not null;
create index websites_bureau_object on websites (isp_id, bureau_object_id) where bureau_object_id is not null;
create index accesses_bureau_object on accesses (isp_id, bureau_object_id) where bureau_object_id is not null;
