DROP INDEX statement_lines_by_booking;
ALTER TABLE statement_lines DROP COLUMN booking;
