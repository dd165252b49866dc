"""Publication + Document -> Tables: rows, corrections, the account of words. Imports types and documents."""
