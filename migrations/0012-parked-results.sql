-- A result that waited for a person is done with: by whom and when.
alter table bureau_results
  add column handled_at timestamptz,
  add column handled_by bigint references staff,
  add constraint handled_by_somebody check ((handled_at is null) = (handled_by is null)),
  add constraint only_parked_are_handled check (handled_at is null or outcome = 'parked');
drop index bureau_results_parked;
create index bureau_results_parked on bureau_results (isp_id, id) where outcome = 'parked' and handled_at is null;
