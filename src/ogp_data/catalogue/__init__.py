"""What the catalogue says of each dataset beyond DCAT: where it came from, what it holds, how good it is."""
