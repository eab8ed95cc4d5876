-- What is known of one source (format and profile) for one account.
CREATE TABLE import_sources (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    source TEXT NOT NULL CHECK (source <> ''),
    ids_unreliable INTEGER NOT NULL CHECK (ids_unreliable IN (0, 1)),
    date_order TEXT CHECK (date_order IN ('ymd', 'dmy', 'mdy')),
    decimal_mark TEXT CHECK (decimal_mark IN ('.', ',')),
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    UNIQUE (account_id, source)
) STRICT;

CREATE TABLE import_batches (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    format TEXT NOT NULL CHECK (format <> ''),
    source TEXT NOT NULL CHECK (source <> ''),
    file_name TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (datetime(created_at) IS NOT NULL),
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX import_batches_by_account ON import_batches (account_id);

-- A row of a bank's file, kept for ever as later files are compared with it. transaction_id is null when it
-- was not booked, or when the user deleted what it became.
CREATE TABLE statement_lines (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    source TEXT NOT NULL CHECK (source <> ''),
    bank_id TEXT CHECK (bank_id <> ''),
    row_key TEXT NOT NULL,
    key_version INTEGER NOT NULL,
    date TEXT CHECK (date(date) IS date),
    amount INTEGER,
    payee TEXT,
    memo TEXT,
    raw TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('new', 'matched', 'pending', 'rejected')),
    reason TEXT NOT NULL,
    transaction_id INTEGER REFERENCES transactions (id),
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    CHECK (decision = 'rejected' OR (date IS NOT NULL AND amount IS NOT NULL))
) STRICT;
CREATE INDEX statement_lines_by_key ON statement_lines (account_id, row_key);
CREATE INDEX statement_lines_by_bank_id ON statement_lines (account_id, source, bank_id) WHERE bank_id IS NOT NULL;
CREATE INDEX statement_lines_by_transaction ON statement_lines (transaction_id) WHERE transaction_id IS NOT NULL;

-- Which batches contained which rows: a row belongs to every batch that contained it.
CREATE TABLE batch_lines (
    batch_id INTEGER NOT NULL REFERENCES import_batches (id),
    line INTEGER NOT NULL CHECK (line > 0),
    statement_line_id INTEGER NOT NULL REFERENCES statement_lines (id),
    decision TEXT NOT NULL CHECK (decision IN ('new', 'matched', 'duplicate', 'deleted', 'pending', 'rejected')),
    reason TEXT NOT NULL,
    PRIMARY KEY (batch_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_lines_by_statement_line ON batch_lines (statement_line_id, batch_id);
