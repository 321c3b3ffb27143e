-- Which of two downloaded files the bureau made later: one that is read late must not undo what a newer one said.
alter table bureau_answers
  -- by its name, else when it came first; the number tells files of one second apart
  add column said_at timestamptz,
  add column said_number bigint not null default 0;
update bureau_answers set said_at = received_at;
-- 20261204162000_ZJ_17.xml: the bureau's clock and its number; days and hours are added up, so that no name can fail
update bureau_answers a set said_at = n.at, said_number = n.number
from (
  select id, (make_date(t[1]::int, t[2]::int, 1) + make_interval(days => t[3]::int - 1, hours => t[4]::int,
      mins => t[5]::int, secs => t[6]::int)) at time zone 'Asia/Shanghai' as at, t[7]::bigint as number
  from bureau_answers,
    regexp_match(given_name, '^(20\d\d)(0[1-9]|1[0-2])(\d\d)(\d\d)(\d\d)(\d\d)_[^_]*_(\d{1,15})') t
  where t is not null) n
where a.id = n.id and n.at < a.received_at + interval '1 day';
alter table bureau_answers alter column said_at set default now(), alter column said_at set not null;

-- The newest file that spoke of a key of a bureau's 黑名单; what it took out has no row in blacklist_keys.
create table blacklist_words (
  bureau_id bigint not null references isp_bureaus,
  isp_id bigint not null references isps,
  certificate bytea,
  domain text,
  answer_id bigint not null references bureau_answers,
  constraint blacklist_word_of_one check (num_nonnulls(certificate, domain) = 1)
);
create unique index blacklist_word_once on blacklist_words (bureau_id, certificate, domain) nulls not distinct;
insert into blacklist_words (bureau_id, isp_id, certificate, domain, answer_id)
select e.bureau_id, e.isp_id, k.certificate, k.domain, max(e.answer_id)
from blacklist_keys k join blacklist_entries e on e.id = k.entry_id
where e.bureau_id is not null and e.answer_id is not null
group by e.bureau_id, e.isp_id, k.certificate, k.domain;

-- What was asked about before, settled or not.
create index inquiries_about on inquiries (bureau_id, about);
