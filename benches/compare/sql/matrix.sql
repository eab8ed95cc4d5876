-- Spending by category and month over the whole history, from the kept totals.
SELECT c.name, k.month, -sum(k.value)
FROM category_totals k LEFT JOIN categories c ON c.id = k.bucket
WHERE k.bucket = 0 OR c.kind = 'expense'
GROUP BY k.bucket, k.month;
