-- What every envelope was given and spent, over all months: what a month's budget is worked out from.
SELECT g.name, c.name, sum(f.assigned), sum(f.activity)
FROM categories c JOIN category_groups g ON g.id = c.group_id
JOIN (
    SELECT bucket AS id, 0 AS assigned, value AS activity FROM category_totals WHERE is_on_budget
    UNION ALL SELECT to_category_id, amount, 0 FROM budget_moves WHERE to_category_id IS NOT NULL
    UNION ALL SELECT from_category_id, -amount, 0 FROM budget_moves WHERE from_category_id IS NOT NULL
) f ON f.id = c.id
GROUP BY c.id ORDER BY g.position, g.id, c.position, c.id;
