"""A file -> what it carries beside what is read: its properties, pictures, comments and what is behind them."""
