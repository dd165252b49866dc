"""Publication + Document -> Tables: rows, corrections, derived columns, words accounted for. Imports documents."""
