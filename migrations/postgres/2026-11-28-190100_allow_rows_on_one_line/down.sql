ALTER TABLE batch_lines DROP CONSTRAINT batch_lines_pkey;
ALTER TABLE batch_lines ADD PRIMARY KEY (batch_id, line);
