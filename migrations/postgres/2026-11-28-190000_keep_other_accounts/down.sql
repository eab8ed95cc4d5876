ALTER TABLE statement_lines DROP COLUMN other_account;
