DELETE FROM changes WHERE table_name = 'rules';
DROP TABLE rule_parts;
DROP TABLE rules;
