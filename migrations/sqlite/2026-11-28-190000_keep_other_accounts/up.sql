-- The account on the other side of a row, as the file names it: by it the two sides of a transfer find each other.
ALTER TABLE statement_lines ADD COLUMN other_account TEXT CHECK (other_account <> '');
