-- The user name that a code was granted to, as it was typed. A name that is nobody's grants to nobody (granted_to is
-- null), and reads like any other: whether there is such an account is told to nobody.
alter table authorisation_codes add column granted_name text;
