-- What every envelope was given and spent, over all months: what a month's budget is worked out from.
SELECT g.name, c.name, f.assigned, f.activity
FROM (
    SELECT id, sum(assigned) AS assigned, sum(activity) AS activity
    FROM (
        SELECT bucket AS id, 0 AS assigned, value AS activity FROM category_totals WHERE is_on_budget
        UNION ALL SELECT to_category_id, amount, 0 FROM budget_moves WHERE to_category_id IS NOT NULL
        UNION ALL SELECT from_category_id, -amount, 0 FROM budget_moves WHERE from_category_id IS NOT NULL
    )
    GROUP BY id
) f
JOIN categories c ON c.id = f.id JOIN category_groups g ON g.id = c.group_id
ORDER BY g.position, g.id, c.position, c.id;
