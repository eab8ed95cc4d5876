-- Rows of tagged formats may begin on one line of the file: what they are tells them apart.
CREATE TABLE batch_lines_anew (
    batch_id INTEGER NOT NULL REFERENCES import_batches (id),
    line INTEGER NOT NULL CHECK (line > 0),
    statement_line_id INTEGER NOT NULL REFERENCES statement_lines (id),
    decision TEXT NOT NULL CHECK (decision IN ('new', 'matched', 'duplicate', 'deleted', 'pending', 'rejected')),
    reason TEXT NOT NULL,
    PRIMARY KEY (batch_id, line, statement_line_id)
) STRICT, WITHOUT ROWID;
INSERT INTO batch_lines_anew SELECT batch_id, line, statement_line_id, decision, reason FROM batch_lines;
DROP TABLE batch_lines;
ALTER TABLE batch_lines_anew RENAME TO batch_lines;
CREATE INDEX batch_lines_by_statement_line ON batch_lines (statement_line_id, batch_id);
