"""Spreadsheets: sheets of cells with what they show, their fills and links -> rows, and the lines above them."""
