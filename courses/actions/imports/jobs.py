"""The three jobs of a file of attendance; importing this module makes them known."""

from courses.actions.imports.reading import read_import
from courses.actions.imports.taking import READ_JOB
from courses.actions.imports.undoing import UNDO_JOB, undo_import
from courses.actions.imports.writing import WRITE_JOB, write_import
from firms.jobs import handler

handler(READ_JOB)(read_import)
handler(WRITE_JOB)(write_import)
handler(UNDO_JOB)(undo_import)
