DELETE FROM changes WHERE table_name IN ('budget_moves', 'budget_holds', 'carryovers', 'budget_targets');
DROP TABLE budget_targets;
DROP TABLE carryovers;
DROP TABLE budget_holds;
DROP TABLE budget_moves;
