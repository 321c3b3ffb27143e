-- What the queue of a bureau must remember between two jobs, and which reminders were given.
alter table isp_bureaus
  -- busy or out of reach: nothing is sent before this time
  add column resume_at timestamptz,
  -- tries in a row that got nowhere; the pause grows with it
  add column pauses int not null default 0,
  -- answers in a row that could not be opened, and why the last one could not
  add column download_failures int not null default 0,
  add column download_problem text;

-- A file name that comes again with other content is another file: never taken for the one that was applied.
alter table bureau_answers add column content_hash text not null;

-- Answers and results of a provider for its console, newest first; packages that belong to a rejected file.
create index bureau_answers_bureau on bureau_answers (bureau_id, id desc);
create index bureau_packages_name on bureau_packages (bureau_id, file_name);

-- A filing is named once in a reminder for the same due time, however many go into one mail.
create table reminders (
  filing_id bigint not null references filings,
  kind text not null check (kind in ('sla-due', 'sla-overdue')),
  about timestamptz not null,
  reminded_at timestamptz not null default now(),
  primary key (filing_id, kind, about)
);
