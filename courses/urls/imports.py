"""Attendance from files and from paper."""

from django.urls import path

from courses.views import imports, paper

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/<int:pk>/", imports.import_one, name="import"),
    path("imports/<int:pk>/names/", imports.import_assign, name="import_assign"),
    path("imports/<int:pk>/write/", imports.import_write, name="import_write"),
    path("imports/<int:pk>/undo/", imports.import_undo, name="import_undo"),
    path("imports/<int:pk>/drop/", imports.import_drop, name="import_drop"),
    path("imports/<int:pk>/errors.csv", imports.import_errors, name="import_errors"),
    path("runs/<int:pk>/sheets/", imports.run_sheets, name="run_sheets"),
    path("runs/<int:pk>/attendance-table.<str:kind>", imports.run_table, name="run_table"),
    path("runs/<int:pk>/roster.pdf", paper.run_roster, name="run_paper"),
    path("lessons/<int:pk>/roster.pdf", paper.lesson_roster, name="lesson_paper"),
    path("lessons/<int:pk>/paper/", paper.paper_entry, name="paper_entry"),
]
