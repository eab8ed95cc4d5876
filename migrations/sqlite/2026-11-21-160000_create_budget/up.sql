-- Money given to an envelope, taken from one, or moved between two; none stands for "to be budgeted". What is
-- assigned to a category in a month is the sum of what went in less what went out. month is year * 100 + month.
CREATE TABLE budget_moves (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    month INTEGER NOT NULL CHECK (month % 100 BETWEEN 1 AND 12),
    from_category_id INTEGER REFERENCES categories (id),
    to_category_id INTEGER REFERENCES categories (id),
    amount INTEGER NOT NULL CHECK (amount > 0),
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    CHECK (from_category_id IS NOT to_category_id)
) STRICT;
CREATE INDEX budget_moves_by_from ON budget_moves (from_category_id, month, amount) WHERE from_category_id IS NOT NULL;
CREATE INDEX budget_moves_by_to ON budget_moves (to_category_id, month, amount) WHERE to_category_id IS NOT NULL;

-- Money kept out of what is to be budgeted in a month, for the next one.
CREATE TABLE budget_holds (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    month INTEGER NOT NULL UNIQUE CHECK (month % 100 BETWEEN 1 AND 12),
    amount INTEGER NOT NULL CHECK (amount > 0),
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;

-- Whether an overspent envelope keeps its deficit: from that month on, until a later row says otherwise.
CREATE TABLE carryovers (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    category_id INTEGER NOT NULL REFERENCES categories (id),
    month INTEGER NOT NULL CHECK (month % 100 BETWEEN 1 AND 12),
    is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
    operation_id INTEGER NOT NULL REFERENCES operations (id),
    UNIQUE (category_id, month)
) STRICT;

-- The template lines of an envelope's target, by position. income_category_id is the category of which a line asks
-- a share: the line names it as it was called then.
CREATE TABLE budget_targets (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    category_id INTEGER NOT NULL REFERENCES categories (id),
    position INTEGER NOT NULL,
    line TEXT NOT NULL CHECK (line <> ''),
    income_category_id INTEGER REFERENCES categories (id),
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX budget_targets_by_category ON budget_targets (category_id, position);
CREATE INDEX budget_targets_by_income ON budget_targets (income_category_id) WHERE income_category_id IS NOT NULL;
