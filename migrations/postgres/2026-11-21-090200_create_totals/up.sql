-- Sums that are kept beside the rows and change in the same database transaction, so that balances and
-- envelopes never read the whole history. month is year * 100 + month (202603). No CHECK on the counts: a
-- difference below 0 passes through the INSERT of an upsert, where a CHECK would refuse it.
CREATE TABLE account_totals (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    month INTEGER NOT NULL CHECK (month % 100 BETWEEN 1 AND 12),
    amount BIGINT NOT NULL,
    cleared BIGINT NOT NULL,
    postings BIGINT NOT NULL,
    PRIMARY KEY (account_id, month)
);

-- bucket: a category's id, or 0 (uncategorised money out), -1 (leg of a transfer between accounts that are both
-- on budget, or both off), -2 (leg of a transfer between on and off budget), -3 (uncategorised money in): keys of
-- their own, so not a foreign key. Only postings with a value count.
CREATE TABLE category_totals (
    month INTEGER NOT NULL CHECK (month % 100 BETWEEN 1 AND 12),
    bucket BIGINT NOT NULL CHECK (bucket >= -3),
    is_on_budget BOOLEAN NOT NULL,
    value BIGINT NOT NULL,
    postings BIGINT NOT NULL,
    PRIMARY KEY (month, bucket, is_on_budget)
);

INSERT INTO account_totals (account_id, month, amount, cleared, postings)
SELECT account_id, CAST(to_char(date, 'YYYYMM') AS INTEGER), CAST(sum(amount) AS BIGINT),
    CAST(sum(CASE WHEN status = 'pending' THEN 0 ELSE amount END) AS BIGINT), count(*)
FROM postings GROUP BY 1, 2;

INSERT INTO category_totals (bucket, month, is_on_budget, value, postings)
SELECT CASE
        WHEN p.category_id IS NOT NULL THEN p.category_id
        WHEN NOT p.is_transfer THEN CASE WHEN p.value < 0 THEN 0 ELSE -3 END
        WHEN EXISTS (
            SELECT 1 FROM postings q JOIN accounts b ON b.id = q.account_id
            WHERE q.transaction_id = p.transaction_id AND b.is_on_budget <> a.is_on_budget) THEN -2
        ELSE -1
    END,
    CAST(to_char(p.date, 'YYYYMM') AS INTEGER), a.is_on_budget, CAST(sum(p.value) AS BIGINT), count(*)
FROM postings p JOIN accounts a ON a.id = p.account_id
WHERE p.value IS NOT NULL GROUP BY 1, 2, 3;
