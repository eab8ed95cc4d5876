-- What becomes of a bank's row that fits a query: the first rule that fits is taken, by position and then id. query is
-- the canonical text of one; tags is a JSON list of names.
CREATE TABLE rules (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    position INTEGER NOT NULL,
    query TEXT NOT NULL CHECK (query <> ''),
    payee TEXT CHECK (payee <> ''),
    note TEXT CHECK (note <> ''),
    tags TEXT NOT NULL CHECK (json_type(tags) = 'array'),
    operation_id INTEGER NOT NULL REFERENCES operations (id)
) STRICT;
CREATE INDEX rules_by_position ON rules (position, id);

-- The categories that a rule gives, with their shares of the amount: `30%` or `12.50`, none for what is left. A rule
-- that gives all to one has one part; one that gives no category has a part without one.
CREATE TABLE rule_parts (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    rule_id INTEGER NOT NULL REFERENCES rules (id),
    position INTEGER NOT NULL,
    category_id INTEGER REFERENCES categories (id),
    share TEXT CHECK (share <> ''),
    UNIQUE (rule_id, position)
) STRICT;
CREATE INDEX rule_parts_by_category ON rule_parts (category_id) WHERE category_id IS NOT NULL;
