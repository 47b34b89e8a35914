"""Reports as people take them along: tables for spreadsheets, and paper. Pure functions of words and rows."""
