-- Spending by payee over the whole history: a scan of all postings, in the order of the index on payees. The plus
-- keeps SQLite from looking each posting up by its category.
SELECT y.name, -sum(p.value) AS spent, count(*)
FROM postings p JOIN transactions t ON t.id = p.transaction_id LEFT JOIN payees y ON y.id = t.payee_id
WHERE p.value IS NOT NULL AND (+p.category_id IN (SELECT id FROM categories WHERE kind = 'expense')
    OR +p.category_id IS NULL AND NOT p.is_transfer AND p.value < 0)
GROUP BY t.payee_id ORDER BY spent DESC;
