"""Reports: what is told to a council, a region or the public; live, or as a frozen edition.

A frozen edition keeps what was told (counts, never rows), how it was counted, and a digest over both. It never changes:
a correction shows as an errata line in the next edition. The public edition is made at the same moment, by the gate of
`indicators.disclosure`.

`printed` checks the sums of any printed table and needs no installation.

Dutch words: editie (edition), vastleggen (to freeze), erratum (erratum), rapport (report).
"""
