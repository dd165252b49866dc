"""SPARQL as people write it: where a text stops being a query, and what could stand there instead."""
