-- What banks' files call an account, as --map said: a number, an IBAN or a name. number_key is its letters and
-- digits, in lower case.
CREATE TABLE account_numbers (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    number TEXT NOT NULL CHECK (number <> ''),
    number_key TEXT NOT NULL UNIQUE,
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX account_numbers_by_account ON account_numbers (account_id);

-- A CHECK cannot be changed in place. Which tables have a history is known to the program, which refuses others:
-- without the list, further tables need no copy of the history.
CREATE TABLE changes_anew (
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    table_name TEXT NOT NULL CHECK (table_name <> ''),
    row_id INTEGER NOT NULL,
    prior_operation_id INTEGER REFERENCES operations (id),
    row_before TEXT CHECK (row_before IS NULL OR json_valid(row_before)),
    PRIMARY KEY (operation_id, table_name, row_id)
) STRICT, WITHOUT ROWID;
INSERT INTO changes_anew SELECT * FROM changes;
DROP TABLE changes;
ALTER TABLE changes_anew RENAME TO changes;
CREATE INDEX changes_by_prior_operation ON changes (prior_operation_id, table_name, row_id)
    WHERE prior_operation_id IS NOT NULL;
