"""Tables and files -> one DCAT graph, with lineage, measurements and versions. Imports types, models and formats."""
