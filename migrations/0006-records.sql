-- Records (备案信息): what the bureau has approved. Ids are those of the filing's sections.
create table subjects (
  id bigint primary key,
  isp_id bigint not null references isps,
  account_id bigint references accounts,
  filing_id bigint not null references filings,
  bureau_id bigint not null references isp_bureaus,
  bureau_object_id bigint,
  number text not null,
  province char(6) not null,
  nature int not null,
  certificate_hash bytea not null,
  name text,
  name_sealed bytea,
  data_key bytea not null,
  values jsonb not null,
  numbered_at timestamptz not null default now(),
  constraint subject_number_taken unique (isp_id, number)
);
create index subjects_certificate on subjects (isp_id, certificate_hash);
create index subjects_account on subjects (account_id, id);

create table websites (
  id bigint primary key,
  isp_id bigint not null references isps,
  subject_id bigint not null references subjects,
  bureau_object_id bigint,
  number text not null,
  name text not null,
  values jsonb not null,
  numbered_at timestamptz not null default now(),
  constraint website_number_taken unique (isp_id, number)
);
create index websites_subject on websites (subject_id);

create table domains (
  id bigint primary key,
  isp_id bigint not null references isps,
  website_id bigint not null references websites,
  bureau_object_id bigint,
  domain text not null,
  constraint domain_taken unique (isp_id, domain)
);
create index domains_website on domains (website_id);

create table accesses (
  id bigint primary key,
  isp_id bigint not null references isps,
  website_id bigint not null references websites,
  bureau_object_id bigint,
  values jsonb not null
);
create index accesses_website on accesses (website_id);

create table access_ips (
  id bigint primary key,
  isp_id bigint not null references isps,
  access_id bigint not null references accesses,
  bureau_object_id bigint,
  first_ip inet not null,
  last_ip inet not null
);
create index access_ips_access on access_ips (access_id);
