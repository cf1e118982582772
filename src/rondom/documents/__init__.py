"""Documents: what others wrote or sent: letters, reports, signed plans, photos of a form.

A document hangs on a case and on the dossiers of the youths it concerns, and follows their rights: there is no other
road to it. Its content lies encrypted outside the database under a name that says nothing; the row knows what it is,
whom it concerns, under which legal regime it is kept (DOS-11) and whether it was scanned.

It is not a place for what colleagues write about a contact (a note) and not a share: a file goes out only as a download
by somebody who may open the family.

Dutch words: document, soort (kind), bijlage (attachment), quarantaine (quarantine), bestand (file).
"""
