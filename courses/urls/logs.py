"""The learning log, of one learner and of a run."""

from django.urls import path

from courses.views import logs

urlpatterns = [
    path("learn/<int:pk>/log/", logs.learning_log, name="learning_log"),
    path("learn/<int:pk>/log.csv", logs.learning_log_csv, name="learning_log_csv"),
    path("learn/<int:pk>/log.pdf", logs.learning_log_pdf, name="learning_log_pdf"),
    path("runs/<int:pk>/log/", logs.run_log, name="run_log"),
    path("runs/<int:pk>/log.csv", logs.run_log_csv, name="run_log_csv"),
    path("runs/<int:pk>/log.pdf", logs.run_log_pdf, name="run_log_pdf"),
]
