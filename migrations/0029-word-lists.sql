-- Lists of words that names of websites may not hold, as an administrator changed them: append-only versions, the newest
-- that already holds is in force. isp_id null: for the whole installation. words null: as shipped with the program again.

create table word_lists (
  id bigint generated always as identity primary key,
  isp_id bigint references isps,
  key text not null check (key ~ '^[a-zA-Z]{1,40}$'),
  version int not null check (version > 0),
  words text[],
  valid_from date not null default current_date,
  -- who wrote it; null: the operator
  staff_id bigint references staff,
  created_at timestamptz not null default now(),
  constraint word_list_version_taken unique nulls not distinct (isp_id, key, version)
);
