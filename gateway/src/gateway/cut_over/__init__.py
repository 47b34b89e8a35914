"""Files of a branch's old books: read into rows of texts by column, and the empty template (rule P13)."""
