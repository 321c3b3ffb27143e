-- What filings and records use, as evidence (旁证) for others: mobile numbers, mail boxes and persons, each as a keyed
-- digest. A filing's rows are written with its sections and go with its end; those of a record with what is on record.
-- Read across providers in one place only, src/models/evidence/elsewhere.ts, which answers yes or no.
create table evidence (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  kind text not null check (kind in ('mobile', 'email', 'person', 'site_leader')),
  -- digest of the number, the mail box, or the person's document
  key bytea not null,
  -- digest of the subject's certificate: whose use it is, whatever the account or provider
  subject bytea not null,
  -- digest of the document of the person whose number or mail box it is
  person bytea,
  -- digest of a person's mobile number and mail box together
  contacts bytea,
  filing_id bigint references filings,
  subject_id bigint references subjects,
  website_id bigint references websites,
  constraint evidence_of_one check (num_nonnulls(filing_id, subject_id) = 1)
);
create index evidence_key on evidence (kind, key);
create index evidence_filing on evidence (filing_id) where filing_id is not null;
create index evidence_record on evidence (subject_id) where subject_id is not null;

-- What open filings of other providers hold: the same digests, asked for without the provider.
create index filing_holds_key on filing_holds (kind, key);

-- Where the digests of what was there before this table are made up for: the job fill-evidence goes up to the end.
create table evidence_fill (
  what text primary key check (what in ('filing', 'record')),
  done_to bigint not null,
  ends_at bigint not null
);
insert into evidence_fill
  select 'filing', 0, coalesce(max(id), 0) from filings
  union all select 'record', 0, coalesce(max(id), 0) from subjects;
