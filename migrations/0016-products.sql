-- Products (产品核验), authorisation codes (备案授权码), and tokens of the interface for programs.

create table products (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  type text not null check (type in ('site_builder', 'idc_host', 'virtual_host', 'cloud_server', 'agent_platform')),
  -- keyed digest of what the product is found by: an account, an order, an address, a domain
  key_hash bytea not null,
  -- the same to be read: whole where it tells nothing about a person, else masked
  key_shown text not null,
  -- argon2id; null where the second thing asked for is one of the product's addresses, or the provider's system judges
  secret_hash text,
  name text not null,
  -- 客户账号, the provider's own name of the customer: shown to staff, proves nothing
  customer_account text,
  -- addresses and ranges as `parseIpRange` of the vocabulary spells them
  ips jsonb not null default '[]',
  server_place char(6),
  access_mode text,
  -- how many websites it may carry
  quota int not null default 1 check (quota between 0 and 10000),
  -- its last day
  valid_until date,
  state text not null default 'active' check (state in ('active', 'retired')),
  source text not null check (source in ('import', 'hand', 'api', 'webhook')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint product_key_taken unique (isp_id, type, key_hash)
);
create index products_list on products (isp_id, id desc);
create index products_named on products using gin (name gin_trgm_ops);
create index products_customer on products (isp_id, lower(customer_account), id desc) where customer_account is not null;

-- Whose a product is: who has verified it once, or whom the provider named. Only they make codes for it.
create table product_owners (
  product_id bigint not null references products,
  account_id bigint not null references accounts,
  since timestamptz not null default now(),
  primary key (product_id, account_id)
);
create index product_owners_account on product_owners (account_id, product_id);

-- A code is shown once and kept as a keyed digest with its last four characters. Every one that is not revoked holds
-- one of the product's places.
create table authorisation_codes (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  product_id bigint not null references products,
  code_hash bytea not null constraint authorisation_code_once unique,
  last_four text not null,
  state text not null default 'open' check (state in ('open', 'bound', 'spent', 'revoked')),
  -- who made it; null: the provider's own system
  account_id bigint references accounts,
  -- the only account that may use it, where it was granted to one
  granted_to bigint references accounts,
  granted_at timestamptz,
  -- the form that asked for it: sent twice it makes one code
  request_id uuid constraint authorisation_code_asked_once unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((granted_to is null) = (granted_at is null))
);
create index authorisation_codes_product on authorisation_codes (product_id, id desc);
create index authorisation_codes_isp on authorisation_codes (isp_id, id desc);
create index authorisation_codes_account on authorisation_codes (account_id, id desc);
create index authorisation_codes_granted on authorisation_codes (granted_to, id desc) where granted_to is not null;

-- Which product a filing stands on. Open and spent ones count against the quota.
create table filing_products (
  id bigint generated always as identity primary key,
  filing_id bigint not null references filings,
  product_id bigint not null references products,
  isp_id bigint not null references isps,
  code_id bigint references authorisation_codes,
  -- places taken; 0 for a filing that changes what is on record already
  websites int not null default 1 check (websites >= 0),
  state text not null default 'open' check (state in ('open', 'spent', 'freed')),
  verified_at timestamptz not null default now(),
  settled_at timestamptz,
  check ((state = 'open') = (settled_at is null))
);
create unique index filing_product_once on filing_products (filing_id, product_id)
  where code_id is null and state <> 'freed';
create unique index code_in_one_filing on filing_products (code_id) where code_id is not null and state <> 'freed';
create index filing_products_filing on filing_products (filing_id, id);
create index filing_products_product on filing_products (product_id) where state <> 'freed';

-- The provider's own system that is asked about products; its secret lies sealed.
create table isp_product_hooks (
  isp_id bigint primary key references isps,
  url text not null,
  data_key bytea not null,
  secret_sealed bytea not null,
  updated_at timestamptz not null default now()
);

-- Tokens of the interface for programs; only a keyed digest is kept.
create table api_tokens (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  name text not null,
  token_hash bytea not null unique,
  last_four text not null,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  used_at timestamptz,
  revoked_at timestamptz
);
create index api_tokens_isp on api_tokens (isp_id, id);
