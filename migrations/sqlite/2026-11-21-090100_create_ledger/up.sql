CREATE TABLE accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    name_key TEXT NOT NULL UNIQUE CHECK (name_key <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('cash', 'checking', 'savings', 'card', 'loan', 'investment', 'other')),
    currency TEXT NOT NULL REFERENCES currencies (code),
    is_on_budget INTEGER NOT NULL CHECK (is_on_budget IN (0, 1)),
    is_closed INTEGER NOT NULL CHECK (is_closed IN (0, 1)),
    created_at TEXT NOT NULL CHECK (datetime(created_at) IS NOT NULL),
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;

-- operation_id is null on the rows that came with the book.
CREATE TABLE category_groups (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    name_key TEXT NOT NULL UNIQUE CHECK (name_key <> ''),
    position INTEGER NOT NULL,
    created_at TEXT NOT NULL CHECK (datetime(created_at) IS NOT NULL),
    operation_id INTEGER REFERENCES operations (id)
) STRICT;

CREATE TABLE categories (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    group_id INTEGER NOT NULL REFERENCES category_groups (id),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    name_key TEXT NOT NULL CHECK (name_key <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('expense', 'income')),
    role TEXT UNIQUE CHECK (role IN ('income', 'starting-balances')),
    is_hidden INTEGER NOT NULL CHECK (is_hidden IN (0, 1)),
    position INTEGER NOT NULL,
    created_at TEXT NOT NULL CHECK (datetime(created_at) IS NOT NULL),
    operation_id INTEGER REFERENCES operations (id),
    UNIQUE (group_id, name_key)
) STRICT;

CREATE TABLE payees (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    name_key TEXT NOT NULL UNIQUE CHECK (name_key <> ''),
    created_at TEXT NOT NULL CHECK (datetime(created_at) IS NOT NULL),
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;

CREATE TABLE payee_aliases (
    name_key TEXT NOT NULL PRIMARY KEY CHECK (name_key <> ''),
    name TEXT NOT NULL,
    payee_id INTEGER NOT NULL REFERENCES payees (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX payee_aliases_by_payee ON payee_aliases (payee_id);

CREATE TABLE tags (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    name_key TEXT NOT NULL UNIQUE CHECK (name_key <> ''),
    created_at TEXT NOT NULL CHECK (datetime(created_at) IS NOT NULL),
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;

CREATE TABLE transactions (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    date TEXT NOT NULL CHECK (date(date) IS date),
    payee_id INTEGER REFERENCES payees (id),
    note TEXT CHECK (note <> ''),
    created_at TEXT NOT NULL CHECK (datetime(created_at) IS NOT NULL),
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX transactions_by_date ON transactions (date, id);
CREATE INDEX transactions_by_payee ON transactions (payee_id, date, id);

CREATE TABLE transaction_tags (
    transaction_id INTEGER NOT NULL REFERENCES transactions (id),
    tag_id INTEGER NOT NULL REFERENCES tags (id),
    PRIMARY KEY (transaction_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX transaction_tags_by_tag ON transaction_tags (tag_id, transaction_id);

-- amount: minor units of the account's currency; value: minor units of the book's. Money in is positive.
-- is_transfer: the transaction has postings in more than one account (kept here so that a month's report
-- is answered by one index).
CREATE TABLE postings (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    transaction_id INTEGER NOT NULL REFERENCES transactions (id),
    position INTEGER NOT NULL CHECK (position >= 0),
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    category_id INTEGER REFERENCES categories (id),
    date TEXT NOT NULL CHECK (date(date) IS date),
    amount INTEGER NOT NULL,
    value INTEGER,
    memo TEXT CHECK (memo <> ''),
    status TEXT NOT NULL CHECK (status IN ('pending', 'cleared', 'reconciled')),
    is_transfer INTEGER NOT NULL CHECK (is_transfer IN (0, 1)),
    UNIQUE (transaction_id, position)
) STRICT;
CREATE INDEX postings_by_date ON postings (date, category_id, is_transfer, value);
CREATE INDEX postings_by_account ON postings (account_id, date, amount, status);
CREATE INDEX postings_by_category ON postings (category_id, date);
