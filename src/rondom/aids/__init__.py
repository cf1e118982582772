"""Aids: decision tables that help a person decide, with the reason of every outcome.

A table is a reviewed file: questions, rows, outcomes, sources, worked examples, an author and a reviewer. It is in
force for a municipality from the day on which two people published it; the published table itself is kept, so which
one was in force on a day stays a fact. An aid advises; a person decides, and may decide otherwise with a reason.

Cells hold a value, a list, a range or "-" for anything; nothing in them can run.

Dutch words: beslishulp (aid), beslistabel (table), regel (row), uitkomst (outcome), toelichting (trace).
"""
