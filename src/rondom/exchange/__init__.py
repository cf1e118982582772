"""Exchange: the messages themselves, in and out: kept unaltered, sent, received, answered once, and worked by a clerk.

Each message is a row with what routing needs, and its content encrypted in the store of documents, as it was. A job
looks in the watched folder of each municipality, takes in what is whole, makes the return message the standard
prescribes, and sends what waits. Sending is at-least-once with the same identification; what was received before is
dropped. What cannot go on by itself is a dead letter: a clerk tries it again or puts it aside with a reason.

What it is not: reading, checking and answering (`messages`, which knows no database), and what a message means for an
order of help. Until that is built, a return message says what levels 1 and 2 and the header say, and a claim is not
answered by itself unless these reject it.

Words: bericht = message, retourbericht = return message, vastgelopen = dead letter, opzij gelegd = put aside.
"""
