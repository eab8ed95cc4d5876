-- What a statement says that an account held at the end of a day, in minor units of the account; what is owed is
-- negative. Said by the user when reconciling, or stated by an imported file. What a file states goes with its batch.
CREATE TABLE statement_balances (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    date TEXT NOT NULL CHECK (date(date) IS date),
    amount INTEGER NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('reconciled', 'file')),
    batch_id INTEGER REFERENCES import_batches (id),
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    CHECK ((origin = 'file') = (batch_id IS NOT NULL)),
    UNIQUE (batch_id, account_id, date, amount)
) STRICT;
CREATE INDEX statement_balances_by_account ON statement_balances (account_id, origin, date);
