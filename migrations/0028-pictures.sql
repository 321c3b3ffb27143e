-- Pictures: what makes one hard to read, the part that is kept, the same photo elsewhere, uploads in parts.

-- Measured on the pixels by src/documents/legibility.ts.
alter table materials add column faults text[] not null default '{}'
  check (faults <@ array['small', 'blurred', 'dark', 'bright']);
-- What is cut off at the left, top, right and bottom, in percent; null: nothing.
alter table materials add column crop smallint[] check (cardinality(crop) = 4);

-- What a photo or an identity card looks like in 64 bits (src/documents/perceptual-hash.ts): enough to find its copies,
-- far too little to show anything. Pictures are alike when at most seven bits differ; then one of the four bands differs
-- in at most one, so that sixty-eight values of an index find them all.
create table picture_prints (
  material_id bigint primary key references materials on delete cascade,
  isp_id bigint not null references isps,
  kind text not null check (kind in ('photo', 'card')),
  print bit(64) not null,
  band1 int generated always as (substring(print from 1 for 16)::bit(16)::int) stored,
  band2 int generated always as (substring(print from 17 for 16)::bit(16)::int) stored,
  band3 int generated always as (substring(print from 33 for 16)::bit(16)::int) stored,
  band4 int generated always as (substring(print from 49 for 16)::bit(16)::int) stored
);
create index picture_prints_band1 on picture_prints (isp_id, kind, band1);
create index picture_prints_band2 on picture_prints (isp_id, kind, band2);
create index picture_prints_band3 on picture_prints (isp_id, kind, band3);
create index picture_prints_band4 on picture_prints (isp_id, kind, band4);

-- Two pictures of one provider that show the same; the later one names the earlier.
create table picture_matches (
  material_id bigint not null references materials on delete cascade,
  other_id bigint not null references materials on delete cascade,
  primary key (material_id, other_id)
);
create index picture_matches_other on picture_matches (other_id);

-- A file that comes in parts, so that a broken line can go on where it stopped. `holder` says whose it is
-- (account:5, staff:3), `token` is a keyed digest of the name that the browser gave it.
create table uploads (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  holder text not null,
  token bytea not null,
  size int not null check (size > 0),
  received int not null default 0,
  data_key bytea not null,
  expires_at timestamptz not null default now() + interval '24 hours',
  constraint upload_known unique (isp_id, holder, token),
  check (received between 0 and size)
);
create index uploads_over on uploads (expires_at);
create table upload_parts (
  upload_id bigint not null references uploads on delete cascade,
  start int not null,
  bytes bytea not null,
  primary key (upload_id, start)
);
