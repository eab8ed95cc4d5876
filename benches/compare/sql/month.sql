-- A month's spending by category.
SELECT c.name, -sum(k.value) AS spent, sum(k.postings)
FROM category_totals k LEFT JOIN categories c ON c.id = k.bucket
WHERE k.month = 202512 AND (k.bucket = 0 OR c.kind = 'expense')
GROUP BY k.bucket ORDER BY spent DESC;
