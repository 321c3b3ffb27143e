-- Records and the history are searched by many fields and exported by their owner.

-- A range of addresses, so that one address is found inside it by an index.
create type inet_range as range (subtype = inet);
create index access_ips_range on access_ips using gist (inet_range(first_ip, last_ip, '[]'));
create index subjects_list on subjects (isp_id, id desc);
create index websites_name on websites using gin (name gin_trgm_ops);
create index websites_home_pages on websites using gin ((values -> 'homePages') jsonb_path_ops);
create index websites_filing on websites (filing_id) where filing_id is not null;

-- The history of a provider by action or by actor, newest first, as filing_events_time is by time alone.
create index filing_events_action on filing_events (isp_id, action, created_at desc, id desc);
create index filing_events_actor on filing_events (isp_id, actor_kind, actor_id, created_at desc, id desc);

-- A registrant's search for something personal is kept like one of staff.
alter table stored_searches alter column staff_id drop not null;
alter table stored_searches add column account_id bigint references accounts on delete cascade;
alter table stored_searches add constraint search_has_owner check (num_nonnulls(staff_id, account_id) = 1);
