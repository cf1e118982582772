"""Providers: the organisations that give help, their contracts, products, rates and quality proofs.

A provider has dated names and AGB codes, locations (one may be shielded), and contracts. A contract is parted in lots;
each lot has one funding form, which decides what a product in it needs. Rates are euros per unit in half-open periods.

It does not hold what is ordered for a youth (`allocations`) nor what is claimed (`budget`).

Dutch words: aanbieder (provider), overeenkomst/contract, perceel (lot), product, tarief (rate), bekostigingsvorm
(funding form: inspanningsgericht, outputgericht, taakgericht), kwaliteitsbewijs (quality proof), vestiging (location).
"""
