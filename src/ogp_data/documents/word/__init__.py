"""Word: paragraphs with styles and numbering, tables, notes and text boxes -> blocks, as people see them."""
