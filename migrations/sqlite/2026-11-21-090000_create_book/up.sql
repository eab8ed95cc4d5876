-- Currencies are data: copied from ISO 4217 when the book is made, so that a currency keeps its scale for ever.
CREATE TABLE currencies (
    code TEXT NOT NULL PRIMARY KEY CHECK (length(code) = 3 AND code = upper(code)),
    exponent INTEGER NOT NULL CHECK (exponent BETWEEN 0 AND 8),
    symbol TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One user action each. Never deleted; is_undone alone changes.
CREATE TABLE operations (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    token TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL CHECK (datetime(at) IS NOT NULL),
    actor TEXT NOT NULL CHECK (actor <> ''),
    source TEXT NOT NULL CHECK (source IN ('cli', 'tui', 'mcp', 'import', 'schedule')),
    command TEXT NOT NULL,
    summary TEXT NOT NULL,
    schema_version TEXT NOT NULL,
    undoes_id INTEGER REFERENCES operations (id),
    is_undone INTEGER NOT NULL DEFAULT 0 CHECK (is_undone IN (0, 1))
) STRICT;
CREATE INDEX operations_by_actor ON operations (actor, id);
CREATE INDEX operations_by_undone ON operations (undoes_id) WHERE undoes_id IS NOT NULL;

-- A row as it was before an operation touched it (row_before is null for one that the operation created).
CREATE TABLE changes (
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    table_name TEXT NOT NULL CHECK (table_name IN (
        'book', 'accounts', 'category_groups', 'categories', 'payees', 'tags', 'transactions',
        'import_sources', 'import_batches', 'statement_lines')),
    row_id INTEGER NOT NULL,
    prior_operation_id INTEGER REFERENCES operations (id),
    row_before TEXT CHECK (row_before IS NULL OR json_valid(row_before)),
    PRIMARY KEY (operation_id, table_name, row_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX changes_by_prior_operation ON changes (prior_operation_id, table_name, row_id)
    WHERE prior_operation_id IS NOT NULL;

CREATE TABLE book (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    marker TEXT NOT NULL CHECK (marker = 'groat'),
    currency TEXT NOT NULL REFERENCES currencies (code),
    created_at TEXT NOT NULL CHECK (datetime(created_at) IS NOT NULL),
    operation_id INTEGER REFERENCES operations (id)
) STRICT;
