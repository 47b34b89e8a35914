"""A branch that is brought over from its old books: rows read, judged together, added up (rule P13). Pure."""
