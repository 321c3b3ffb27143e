-- Audit log, daily anchors of the history, heartbeats of workers.
create table audit_log (
  id bigint generated always as identity primary key,
  isp_id bigint references isps,
  actor_kind text not null check (actor_kind in ('registrant', 'staff', 'system', 'operator')),
  actor_id bigint,
  action text not null,
  filing_id bigint references filings,
  detail jsonb not null default '{}',
  created_at timestamptz not null default now()
);
create index audit_log_time on audit_log (isp_id, created_at desc, id desc);
create index audit_log_filing on audit_log (filing_id, id) where filing_id is not null;
create trigger audit_log_append_only before update or delete on audit_log
  for each row execute function refuse_change();
create trigger audit_log_no_truncate before truncate on audit_log
  for each statement execute function refuse_change();

-- The heads of all chains on a day, folded into one digest.
create table audit_anchors (
  day date primary key,
  filings int not null,
  last_event_id bigint not null,
  digest bytea not null,
  created_at timestamptz not null default now()
);

-- A worker beats every second or two; the jobs of one that stopped beating are unlocked by the others.
create table workers (
  id text primary key,
  host text not null,
  pid int not null,
  started_at timestamptz not null default now(),
  beat_at timestamptz not null default now()
);
