"""Exchange: the messages themselves, in and out: kept unaltered, sent, received, answered once, and worked by a clerk.

Each message is a row with what routing needs, and its content encrypted in the store of documents, as it was. A job
looks in the watched folder of each municipality, takes in what is whole, makes the return message the standard
prescribes, and sends what waits. Sending is at-least-once with the same identification; what was received before is
dropped. What cannot go on by itself is a dead letter: a clerk tries it again or puts it aside with a reason.

An order that goes out makes its JW301 in the same transaction (`ordering`); a start or stop of the provider becomes the
course of the order (`delivering`); `standing` says where an order stands and who has to act.

What it is not: reading, checking and answering (`messages`, which knows no database), and the order itself
(`allocations`, which is below and hears nothing of messages). A claim is not answered by itself unless level 2 or its
header rejects it.

Words: bericht = message, retourbericht = return message, vastgelopen = dead letter, opzij gelegd = put aside,
toewijzing = assignment (an order as the provider knows it by message).
"""
