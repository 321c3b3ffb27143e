-- Records between accounts of one provider: 转移, 合并, 认领; and the codes for them and for 找回备案号.

alter table codes drop constraint codes_purpose_check;
alter table codes add constraint codes_purpose_check check (purpose in
  ('activation', 'login', 'password-reset', 'email-change', 'mobile-change', 'phone-proof', 'transfer', 'recovery'));

-- A record that came from the bureau or an import has no filing here.
alter table subjects alter column filing_id drop not null;

-- What was offered, asked for or done; a row is settled once and stays, for the history of both sides.
create table account_moves (
  id bigint generated always as identity primary key,
  isp_id bigint not null references isps,
  -- transfer: the owner gives, the other accepts · merge: the other has proved it, the owner gives way
  -- · claim: nobody had it, done at once
  kind text not null check (kind in ('transfer', 'merge', 'claim')),
  subject_id bigint not null references subjects,
  from_account bigint references accounts,
  -- null: the name that was given is nobody's here; such a row stands and runs out like any other
  to_account bigint references accounts,
  to_name text not null,
  state text not null default 'offered' check (state in ('offered', 'accepted', 'declined', 'withdrawn', 'expired')),
  -- 主管 who did it for both sides, and why (sealed under the subject's key)
  staff_id bigint references staff,
  reason_sealed bytea,
  -- the receiver's product that carries the websites from then on
  product_id bigint references products,
  request_id uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '7 days',
  settled_at timestamptz,
  constraint account_move_once unique (subject_id, request_id),
  check ((kind = 'claim') = (from_account is null)),
  check ((state = 'offered') = (settled_at is null)),
  check (state <> 'accepted' or to_account is not null),
  check ((staff_id is null) = (reason_sealed is null))
);
-- one at a time for a record
create unique index account_move_open on account_moves (subject_id) where state = 'offered';
create index account_moves_from on account_moves (from_account, id desc) where from_account is not null;
create index account_moves_to on account_moves (to_account, id desc) where to_account is not null;
create index account_moves_due on account_moves (expires_at) where state = 'offered';
