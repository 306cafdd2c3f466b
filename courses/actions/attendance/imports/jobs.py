"""The three jobs of a file of attendance; importing this module makes them known."""

from courses.actions.attendance.imports.reading import read_import
from courses.actions.attendance.imports.taking import READ_JOB
from courses.actions.attendance.imports.undoing import UNDO_JOB, undo_import
from courses.actions.attendance.imports.writing import WRITE_JOB, write_import
from firms.post.jobs import handler

handler(READ_JOB)(read_import)
handler(WRITE_JOB)(write_import)
handler(UNDO_JOB)(undo_import)
