"""PDF: letters and lines at places of pages -> headings, paragraphs, items and tables in reading order."""
