"""The quality report of a published run, for people: one HTML page and one workbook, made from its marts and its manifest only.

`ecriture.ecrire` makes both. Each subject is a module that reads what it needs (a `Lecture`) and returns a `Section`: sentences,
tables for the page and one sheet for the workbook. `verdict` judges, `page` and `classeur` only write.
"""
