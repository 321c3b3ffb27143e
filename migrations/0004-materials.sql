-- Uploaded pictures. The bytes lie sealed in the file store; a row is written after they are safe.
create table materials (
  id bigint generated always as identity primary key,
  filing_id bigint not null references filings,
  isp_id bigint not null references isps,
  slot text not null,
  section_id bigint,
  state text not null default 'processing' check (state in ('processing', 'ready', 'failed')),
  -- why a failed one failed: a code of src/documents
  problem text,
  original_file text,
  full_file text,
  bureau_file text,
  thumbnail_file text,
  original_bytes int not null,
  bureau_bytes int,
  width int,
  height int,
  quarter_turns int not null default 0,
  digest bytea not null,
  uploaded_by_staff bigint references staff,
  uploaded_at timestamptz not null default now(),
  ready_at timestamptz,
  -- a replaced or deleted picture keeps its row (the history points at it) but is current no more
  retired_at timestamptz
);
create unique index material_in_slot on materials (filing_id, slot, section_id) nulls not distinct
  where retired_at is null;
create index materials_filing on materials (filing_id);
create index materials_with_original on materials (uploaded_at) where original_file is not null;
