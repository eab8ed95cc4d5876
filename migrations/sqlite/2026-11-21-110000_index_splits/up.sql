-- Further postings of splits and transfers, which are few: a split's total in an account is looked for by day
-- when a bank's row may be it. Plain spendings, and what imports make, have no entry here.
CREATE INDEX postings_of_splits ON postings (account_id, date, transaction_id) WHERE position > 0;
