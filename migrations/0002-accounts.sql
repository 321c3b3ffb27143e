-- Registrants' accounts, sessions of both kinds, one-time codes, rate limits.

create table accounts (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  user_name text not null check (user_name ~ '^[A-Za-z][A-Za-z0-9_]{4,31}$'),
  password_hash text not null,
  state text not null default 'pending' check (state in ('pending', 'active', 'locked')),
  data_key bytea not null,
  name_sealed bytea not null,
  email_sealed bytea not null,
  mobile_sealed bytea not null,
  email_hash bytea not null,
  mobile_hash bytea not null,
  division char(6) not null,
  customer_number text,
  remark text,
  agreement_version text not null,
  agreed_at timestamptz not null,
  created_at timestamptz not null default now(),
  activated_at timestamptz,
  -- a pending account lapses and frees its name
  lapses_at timestamptz default now() + interval '24 hours',
  last_login_at timestamptz,
  last_login_place text,
  last_login_device text
);
create unique index account_user_name_taken on accounts (lower(user_name));
-- One verified address and one verified number belong to one account of the installation.
create unique index account_email_taken on accounts (email_hash) where state <> 'pending';
create unique index account_mobile_taken on accounts (mobile_hash) where state <> 'pending';
create index accounts_lapsing on accounts (lapses_at) where state = 'pending';

-- Only a digest of the session's secret is stored: whoever reads this table cannot sign in with it.
create table account_sessions (
  id text primary key,
  user_id bigint not null references accounts on delete cascade,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  place text,
  device text
);
create index account_sessions_user on account_sessions (user_id);

create table staff_sessions (
  id text primary key,
  user_id bigint not null references staff on delete cascade,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  place text,
  device text
);
create index staff_sessions_user on staff_sessions (user_id);

-- A device that has passed the second step once. Only a digest of its cookie is stored.
create table known_devices (
  account_id bigint not null references accounts on delete cascade,
  device_hash bytea not null,
  seen_at timestamptz not null default now(),
  primary key (account_id, device_hash)
);

-- One-time codes. The row is made by the request without a code; the worker makes the code when it sends it
-- and keeps a keyed digest. Only the newest row of (purpose, holder) counts.
create table codes (
  id bigint generated always as identity primary key,
  purpose text not null check (purpose in
    ('activation', 'login', 'password-reset', 'email-change', 'mobile-change', 'phone-proof')),
  -- what the code proves: 'account:12', 'filing:7:subject:mobile', …
  holder text not null,
  -- keyed digest of the address or number it was sent to: a proof holds for that number only
  target_hash bytea not null,
  code_hash bytea,
  tries int not null default 0,
  requested_at timestamptz not null default now(),
  sent_at timestamptz,
  expires_at timestamptz not null default now() + interval '10 minutes',
  used_at timestamptz
);
create index codes_newest on codes (purpose, holder, id desc);

-- Sliding counters for accounts and sources; key is a keyed digest, never an address in clear.
create table rate_limits (
  key bytea not null,
  window_start timestamptz not null,
  hits int not null,
  primary key (key, window_start)
);

-- Captchas drawn and not yet answered; each can be answered once.
create table captchas (
  id uuid primary key default gen_random_uuid(),
  answer_hash bytea not null,
  expires_at timestamptz not null default now() + interval '10 minutes'
);
