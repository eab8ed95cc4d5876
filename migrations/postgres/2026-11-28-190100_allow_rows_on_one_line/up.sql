-- Rows of tagged formats may begin on one line of the file: what they are tells them apart.
ALTER TABLE batch_lines DROP CONSTRAINT batch_lines_pkey;
ALTER TABLE batch_lines ADD PRIMARY KEY (batch_id, line, statement_line_id);
