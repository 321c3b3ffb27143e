-- Providers (接入商), their hosts, regions, address ranges, staff. Everything below belongs to one of them.
create extension if not exists pg_trgm;

create table isps (
  id bigint generated always as identity primary key,
  slug text not null constraint isp_slug_taken unique check (slug ~ '^[a-z][a-z0-9-]{1,30}$'),
  name text not null,
  legal_name text not null,
  icp_number text,
  phone text not null,
  qq text,
  service_hours text not null,
  -- see src/models/isp/settings.ts for the keys and their defaults
  settings jsonb not null default '{}',
  created_at timestamptz not null default now()
);

create table isp_hosts (
  host text primary key check (host = lower(host)),
  isp_id bigint not null references isps
);

-- Divisions (GB/T 2260, six digits) whose registrants may choose this provider: a province, city or county.
create table isp_regions (
  isp_id bigint not null references isps,
  division char(6) not null,
  primary key (isp_id, division)
);

create table isp_ip_ranges (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  first_ip inet not null,
  last_ip inet not null,
  check (family(first_ip) = family(last_ip) and first_ip <= last_ip)
);
create index isp_ip_ranges_isp on isp_ip_ranges (isp_id, first_ip);

create table staff (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  user_name text not null,
  name text not null,
  password_hash text not null,
  data_key bytea not null,
  email_sealed bytea,
  totp_sealed bytea,
  active boolean not null default true,
  created_at timestamptz not null default now()
);
-- A user name is unique in the installation, without regard to case.
create unique index staff_user_name_taken on staff (lower(user_name));

create table staff_roles (
  staff_id bigint not null references staff on delete cascade,
  role text not null check (role in
    ('initial_reviewer', 'verifier', 'submitter', 'service', 'supervisor', 'administrator')),
  primary key (staff_id, role)
);

-- Exceptions to Monday to Friday in mainland China: a holiday, or a weekend day that is worked.
create table holidays (
  day date primary key,
  is_working boolean not null,
  name text not null
);

-- Rules of the provinces. A row of a provider wins over the default (isp_id null); the newest valid one holds.
create table province_rules (
  id bigint generated always as identity primary key,
  isp_id bigint references isps,
  province char(6) not null,
  version int not null,
  valid_from date not null,
  rule jsonb not null,
  created_at timestamptz not null default now(),
  constraint province_rule_version_taken unique nulls not distinct (isp_id, province, version)
);
