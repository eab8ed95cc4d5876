-- Every account's balance on a day: whole months from the kept totals, the month begun from its postings.
SELECT a.name, a.kind, a.currency,
    coalesce((SELECT sum(k.amount) FROM account_totals k WHERE k.account_id = a.id AND k.month < 202601), 0)
    + coalesce((SELECT sum(p.amount) FROM postings p
        WHERE p.account_id = a.id AND p.date BETWEEN '2026-01-01' AND '2026-01-15'), 0)
FROM accounts a WHERE NOT a.is_closed ORDER BY a.name_key;
