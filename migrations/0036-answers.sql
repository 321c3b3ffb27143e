-- A downloaded file is kept as it came before anything is read; one that cannot be read waits for a person.
alter table bureau_answers
  -- its name as the bureau gave it, '' where it gave none; file_name is made from it and stands once
  add column given_name text,
  -- of what was received, before it is opened; null: kept by an earlier release, as the zip inside
  add column received_hash text,
  add column bytes bigint,
  -- stored: to be read and applied · unreadable: `problem` says why, as a code · applied · acknowledged
  add column state text not null default 'stored'
    check (state in ('stored', 'unreadable', 'applied', 'acknowledged')),
  add column problem text,
  -- the bureau sends the same file until it is acknowledged
  add column times int not null default 1,
  add column last_received_at timestamptz not null default now(),
  -- 确认跳过: a person has it acknowledged although it cannot be read, and why; without a person the operator did
  add column skipped_at timestamptz,
  add column skipped_by bigint references staff,
  add column skip_reason_sealed bytea,
  add constraint skipped_with_reason check ((skipped_at is null) = (skip_reason_sealed is null)),
  add constraint unreadable_with_problem check (state <> 'unreadable' or problem is not null);
alter table bureau_answers alter column content_hash drop not null;
update bureau_answers set given_name = file_name, last_received_at = received_at,
  state = case when acknowledged_at is not null then 'acknowledged' when applied_at is not null then 'applied' else 'stored' end;
create index bureau_answers_isp on bureau_answers (isp_id, id desc);
create index bureau_answers_state on bureau_answers (isp_id, state, id desc);
create index bureau_answers_unreadable on bureau_answers (bureau_id, id) where state = 'unreadable';

-- What a person did with a parked result: had it applied to a filing, had it tried again, or saw to it otherwise.
alter table bureau_results
  add column handled_how text check (handled_how in ('assigned', 'retried', 'done')),
  -- what was done, in that person's words
  add column handled_note_sealed bytea,
  -- why it was parked, where it was applied later
  add column parked_note text,
  drop constraint only_parked_are_handled,
  add constraint only_parked_are_handled
    check (handled_at is null or outcome = 'parked' or handled_how in ('assigned', 'retried'));
update bureau_results set handled_how = 'done' where handled_at is not null;
