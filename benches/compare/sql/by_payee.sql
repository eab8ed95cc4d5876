-- Spending by payee over the whole history: a scan of all postings. CROSS JOIN keeps SQLite from going through the
-- payees one by one, the plus from looking each posting up by its category: either takes twice as long.
SELECT y.name, -sum(p.value) AS spent, count(*)
FROM postings p CROSS JOIN transactions t LEFT JOIN payees y ON y.id = t.payee_id
WHERE t.id = p.transaction_id AND p.value IS NOT NULL
    AND (+p.category_id IN (SELECT id FROM categories WHERE kind = 'expense')
        OR +p.category_id IS NULL AND NOT p.is_transfer AND p.value < 0)
GROUP BY t.payee_id ORDER BY spent DESC;
