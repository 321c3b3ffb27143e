-- 面签 (verification in person, by appointment) and 寄送资料 (originals on paper).

-- When a 面签地址 receives people: so many each half hour of its spans, on its weekdays (1 Monday … 7 Sunday) and on worked
-- weekends (调休), never on holidays. A capacity of 0 takes no bookings. Means nothing for a 邮寄地址.
alter table isp_places
  add column weekdays smallint[] not null default '{1,2,3,4,5}',
  add column spans jsonb not null default '[]',
  add column capacity int not null default 0 check (capacity between 0 and 50);

-- One booking. `moved` and `cancelled` rows stay for the history; whoever moves gets a row of their own.
create table appointments (
  id bigint generated always as identity primary key,
  filing_id bigint not null references filings,
  isp_id bigint not null references isps,
  place_id bigint not null references isp_places,
  starts_at timestamptz not null,
  -- 1 to the capacity of the place: two can never have the same one
  seat int not null check (seat between 1 and 50),
  state text not null default 'booked' check (state in ('booked', 'moved', 'cancelled', 'arrived', 'missed')),
  booked_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by bigint references staff,
  constraint appointment_ends check ((state = 'booked') = (ended_at is null))
);
create unique index appointment_seat on appointments (place_id, starts_at, seat) where state = 'booked';
create unique index appointment_live on appointments (filing_id) where state = 'booked';
create index appointments_filing on appointments (filing_id, id);
create index appointments_day on appointments (isp_id, starts_at);

-- One parcel of papers. Lost or rejected, the papers can be posted again.
create table paper_deliveries (
  id bigint generated always as identity primary key,
  filing_id bigint not null references filings,
  isp_id bigint not null references isps,
  state text not null check (state in ('posted', 'received', 'checked', 'rejected', 'lost')),
  courier text not null check (char_length(courier) between 1 and 20),
  tracking_number text not null check (char_length(tracking_number) between 1 and 32),
  -- what is wrong with them, for the registrant
  reason_sealed bytea,
  posted_at timestamptz not null default now(),
  received_at timestamptz,
  settled_at timestamptz,
  settled_by bigint references staff,
  constraint rejected_papers_have_a_reason check (state <> 'rejected' or reason_sealed is not null)
);
create unique index papers_under_way on paper_deliveries (filing_id) where state in ('posted', 'received');
create index papers_filing on paper_deliveries (filing_id, id);
create index papers_state on paper_deliveries (isp_id, state, id);
