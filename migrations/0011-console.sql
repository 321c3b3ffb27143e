-- What the console looks up, searches for and writes down.

-- Keyed digests of what several filings may share: documents, telephones, mailboxes and names of their persons.
-- Other filings of the same person are found by them, and a search for a number needs no number in clear.
-- Not unique: what a filing holds alone stands in filing_holds.
create table filing_lookups (
  isp_id bigint not null references isps,
  kind text not null check (kind in ('document', 'phone', 'email', 'name')),
  key bytea not null,
  filing_id bigint not null references filings,
  primary key (isp_id, kind, key, filing_id)
);
create index filing_lookups_filing on filing_lookups (filing_id);

-- Searches by name: any part of it.
create index filings_site_name on filings using gin (site_name gin_trgm_ops);
create index filings_subject_name on filings using gin (subject_name gin_trgm_ops);

-- A search for something personal: the address names this row, the words lie sealed in it, for a day.
create table stored_searches (
  id uuid primary key default gen_random_uuid(),
  isp_id bigint not null references isps,
  staff_id bigint not null references staff on delete cascade,
  data_key bytea not null,
  sealed bytea not null,
  expires_at timestamptz not null default now() + interval '24 hours'
);
create index stored_searches_over on stored_searches (expires_at);

-- What staff wrote for staff with an act: why an open error was let through, why a value was corrected.
create table filing_notes (
  id bigint generated always as identity primary key,
  filing_id bigint not null references filings,
  event_id bigint not null references filing_events,
  sealed bytea not null
);
create index filing_notes_filing on filing_notes (filing_id, id);

-- Messages of registrants that nobody has answered.
create index messages_unanswered on messages (isp_id, id) where read_at is null and account_id is not null;
