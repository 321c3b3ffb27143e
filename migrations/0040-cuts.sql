-- What must be cut off (断开接入) once its filing is over or it never had one, and the provider's own system that is told
-- over a web hook (网络回调).

create table cuts (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  -- bureau: 注销数据 of the bureau · filing: a cancellation of ours was numbered · illegal_access: 非法接入名单
  cause text not null check (cause in ('bureau', 'filing', 'illegal_access')),
  -- what happened, once: such as answer:12:3:access:7 or illegal-access:9
  reference text not null,
  -- null: nobody filed it here
  access_id bigint references accesses,
  -- as they stood when it ended: what is on record afterwards may be somebody else's
  number text,
  site text,
  domains text[] not null,
  ips text[] not null,
  state text not null default 'open' check (state in ('open', 'done', 'not_needed')),
  opened_at timestamptz not null default now(),
  reminded_at timestamptz,
  closed_at timestamptz,
  -- null on a closed one: the provider's own system said that it is done
  closed_by bigint references staff,
  data_key bytea,
  note_sealed bytea,
  constraint cut_once unique (isp_id, reference),
  check ((state = 'open') = (closed_at is null)),
  check (state <> 'not_needed' or (closed_by is not null and note_sealed is not null)),
  check ((note_sealed is null) = (data_key is null))
);
-- An access has one open task, whatever says that it is over.
create unique index cut_open_access on cuts (access_id) where access_id is not null and state = 'open';
create index cuts_open on cuts (isp_id, id) where state = 'open';
create index cuts_over on cuts (isp_id, id) where state <> 'open';

create table isp_hooks (
  isp_id bigint primary key references isps,
  url text not null,
  events text[] not null check (events <> '{}'),
  data_key bytea not null,
  secret_sealed bytea not null,
  updated_at timestamptz not null default now()
);

-- One event for the provider's system. The payload holds numbers, domains and addresses, nothing of a person.
create table hook_deliveries (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  -- the same on every try: by it the receiver ignores a repetition
  event_id uuid not null unique default gen_random_uuid(),
  event text not null,
  -- what happened, once
  cause text not null,
  cut_id bigint references cuts,
  payload jsonb not null,
  state text not null default 'queued' check (state in ('queued', 'delivered', 'failed')),
  tries int not null default 0,
  -- of these, since queued_at
  round int not null default 0,
  -- status of the last answer, null: there was none
  last_code int,
  last_problem text,
  occurred_at timestamptz not null default now(),
  -- since when it is tried: a person may have it tried again
  queued_at timestamptz not null default now(),
  tried_at timestamptz,
  settled_at timestamptz,
  constraint hook_delivery_once unique (isp_id, event, cause),
  check ((state = 'queued') = (settled_at is null))
);
create index hook_deliveries_list on hook_deliveries (isp_id, id);
create index hook_deliveries_cut on hook_deliveries (cut_id, id) where cut_id is not null;
