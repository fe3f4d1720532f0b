"""Awards told line by line: under headings, in tables, behind counts, over paragraphs."""
