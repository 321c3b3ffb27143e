-- 用手机拍照上传: a link that opens one slot of one filing on a phone for a quarter of an hour, without a login.
create table handovers (
  id uuid primary key default gen_random_uuid(),
  -- Keyed digest of the code in the address. The code itself is nowhere: it is made anew of the id and the master key.
  code_key bytea not null,
  isp_id bigint not null references isps,
  filing_id bigint not null references filings,
  slot text not null,
  section_id bigint not null,
  -- 补传资料 that staff asked for; null: the slot of the filing itself
  supplement_id bigint references supplements,
  -- who asked for the link and stands for what comes through it
  account_id bigint references accounts,
  staff_id bigint references staff,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '15 minutes',
  revoked_at timestamptz,
  used_at timestamptz,
  -- the picture that came last
  material_id bigint references materials on delete set null,
  constraint handover_code unique (code_key),
  constraint handover_of_one check (num_nonnulls(account_id, staff_id) = 1)
);
-- One link a slot: a new one ends the one before.
create unique index handover_open on handovers (filing_id, slot, section_id, supplement_id) nulls not distinct
  where revoked_at is null;
create index handovers_over on handovers (expires_at);
create index handovers_material on handovers (material_id) where material_id is not null;
