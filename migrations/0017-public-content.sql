-- What a provider writes for everybody: notices, questions, addresses; and what finds a record for the public look-up.

-- 公告. Plain text with paragraphs and links. Shown from `publish_at` on; a draft has none. Never deleted: taken down.
create table announcements (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  title text not null check (char_length(title) between 1 and 80),
  body text not null check (char_length(body) between 1 and 20000),
  publish_at timestamptz,
  taken_down_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index announcements_shown on announcements (isp_id, publish_at desc, id desc)
  where publish_at is not null and taken_down_at is null;
create index announcements_isp on announcements (isp_id, id desc);

-- 备案常见问题. `default_id` names a question of src/vocabulary/data/questions.json that stands elsewhere or is hidden here;
-- a row without one is the provider's own. A question without a row stands where the data file has it.
create table questions (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  default_id text,
  group_id text not null,
  position int not null,
  hidden boolean not null default false,
  ask text check (char_length(ask) between 1 and 100),
  answer text check (char_length(answer) between 1 and 5000),
  version int not null default 1,
  updated_at timestamptz not null default now(),
  constraint question_default_once unique (isp_id, default_id),
  constraint question_has_words check ((default_id is null) = (ask is not null and answer is not null))
);
create index questions_isp on questions (isp_id, group_id, position, id);

-- 邮寄地址, 面签地址. What is no longer used stays for those who booked or posted there.
create table isp_places (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  kind text not null check (kind in ('post', 'on_site')),
  name text not null check (char_length(name) between 1 and 60),
  address text not null check (char_length(address) between 1 and 200),
  hours text not null default '' check (char_length(hours) <= 100),
  phone text not null default '' check (char_length(phone) <= 40),
  note text not null default '' check (char_length(note) <= 500),
  position int not null default 0,
  closed_at timestamptz,
  version int not null default 1,
  updated_at timestamptz not null default now()
);
create index isp_places_open on isp_places (isp_id, kind, position, id) where closed_at is null;

-- Two windows on the settings: the second save is told about the first.
alter table isps add column version int not null default 1;

-- The public look-up. On a host of no provider it asks for all of them, so the number leads.
create index subjects_public_number on subjects (number);
create index websites_public_number on websites (number);
create index domains_public on domains (domain);
-- Names of units only: a person's is sealed and `name` is null. Any part of it.
create index subjects_public_name on subjects using gin (name gin_trgm_ops) where name is not null;

-- A look-up by name: the address carries this id, the words lie sealed in the row, for an hour.
create table public_queries (
  id uuid primary key default gen_random_uuid(),
  isp_id bigint references isps,
  data_key bytea not null,
  sealed bytea not null,
  expires_at timestamptz not null default now() + interval '1 hour'
);
create index public_queries_over on public_queries (expires_at);
