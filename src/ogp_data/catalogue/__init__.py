"""Tables and files -> one DCAT graph, with lineage, measurements and versions. Imports formats."""
