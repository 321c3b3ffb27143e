-- Tables of codes (基础代码, JCDM) as a bureau sent them. Nothing of them holds before somebody has adopted it.

create table bureau_code_tables (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  bureau_id bigint not null references isp_bureaus,
  -- its element, such as Dwxz_dms
  name text not null,
  version int not null check (version > 0),
  digest bytea not null,
  -- proposed: waits for a look · same: as what is in force, waits, or was dismissed last
  state text not null check (state in ('proposed', 'adopted', 'dismissed', 'same')),
  answer_id bigint references bureau_answers,
  received_at timestamptz not null default now(),
  decided_at timestamptz,
  -- null on a decided one: the operator, or a newer version took its place before anybody looked
  decided_by bigint references staff,
  constraint bureau_code_version unique (bureau_id, name, version),
  check ((decided_at is null) = (state in ('proposed', 'same')))
);
-- One version of a table waits at a time.
create unique index bureau_code_proposed on bureau_code_tables (bureau_id, name) where state = 'proposed';
create index bureau_code_waiting on bureau_code_tables (isp_id, id) where state = 'proposed';
create index bureau_code_adopted on bureau_code_tables (bureau_id, name, version desc) where state = 'adopted';

create table bureau_code_rows (
  table_id bigint not null references bureau_code_tables,
  isp_id bigint not null references isps,
  position int not null,
  code text not null,
  label text not null,
  valid boolean not null,
  remark text not null,
  extra jsonb not null default '{}',
  primary key (table_id, position)
);
