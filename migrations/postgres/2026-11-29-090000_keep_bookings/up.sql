-- Day, sum and number of the booking of several payments that a row is one of: other files show it as one row.
ALTER TABLE statement_lines ADD COLUMN booking TEXT COLLATE "C" CHECK (booking <> '');
CREATE INDEX statement_lines_by_booking ON statement_lines (account_id, booking) WHERE booking IS NOT NULL;
