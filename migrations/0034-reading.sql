-- What was read on the picture of an identity card or a business licence (src/documents/recognition).

-- The text sealed under the filing's key; null: not read yet, not asked for, or nothing could be read.
alter table materials add column read_sealed bytea;
-- When it was tried, and why nothing came of it: a code, never what stands on the picture.
alter table materials add column read_at timestamptz;
alter table materials add column read_problem text check (read_problem in ('unreadable', 'stopped'));
