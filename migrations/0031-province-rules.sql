-- A version of a province's rule says who wrote it and why. A version without a rule gives the province back: to the
-- installation's row, and where that one has none to the row of the program. Versions are never written anew.
alter table province_rules
  alter column rule drop not null,
  add column note text not null default '',
  add column staff_id bigint references staff,
  add column by_operator boolean not null default false,
  add constraint province_rule_has_one_writer check (staff_id is null or not by_operator);
create trigger province_rules_append_only before update or delete on province_rules
  for each row execute function refuse_change();
create trigger province_rules_no_truncate before truncate on province_rules
  for each statement execute function refuse_change();
