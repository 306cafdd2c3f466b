"""E-learning: what the college writes, what staff try, what a learner does, and the log of it."""

from django.urls import path

from courses.views.elearning import learning, logs, media, player, units

urlpatterns = [
    path("<int:pk>/units/", units.units, name="units"),
    path("<int:pk>/units/new/<slug:kind>/", units.unit_new, name="unit_new"),
    path("runs/<int:pk>/units/", units.run_units, name="run_units"),
    path("units/<int:pk>/edit/", units.unit_edit, name="unit_edit"),
    path("units/<int:pk>/version/", units.unit_version, name="unit_version"),
    path("units/<int:pk>/move/<slug:way>/", units.unit_move, name="unit_move"),
    path("runs/<int:pk>/units/renew/", units.run_units_renew, name="run_units_renew"),
    path("units/<int:pk>/publish/", units.unit_publish, name="unit_publish"),
    path("units/<int:pk>/retire/", units.unit_retire, name="unit_retire"),
    path("units/<int:pk>/questions/", units.questions, name="questions"),
    path("units/<int:pk>/questions/new/", units.question_new, name="question_new"),
    path("questions/<int:pk>/edit/", units.question_edit, name="question_edit"),
    path("questions/<int:pk>/retire/", units.question_retire, name="question_retire"),
    path("units/<int:unit>/try/", player.unit_try, name="unit_try"),
    path("units/<int:unit>/try/media/<slug:what>/", media.try_media, name="unit_try_media"),
    path("units/<int:unit>/try/<slug:verb>/", player.try_act, name="unit_try_act"),
    path("learn/", learning.learn, name="learn"),
    path("learn/<int:pk>/", learning.learn_run, name="learn_run"),
    path("learn/<int:pk>/<int:unit>/", player.learn_unit, name="learn_unit"),
    path("learn/<int:pk>/<int:unit>/media/<slug:what>/", media.learn_media, name="learn_unit_media"),
    path("learn/<int:pk>/<int:unit>/<slug:verb>/", player.learn_act, name="learn_unit_act"),
    path("learn/<int:pk>/log/", logs.learning_log, name="learning_log"),
    path("learn/<int:pk>/log.csv", logs.learning_log_csv, name="learning_log_csv"),
    path("learn/<int:pk>/log.pdf", logs.learning_log_pdf, name="learning_log_pdf"),
    path("runs/<int:pk>/log/", logs.run_log, name="run_log"),
    path("runs/<int:pk>/log.csv", logs.run_log_csv, name="run_log_csv"),
    path("runs/<int:pk>/log.pdf", logs.run_log_pdf, name="run_log_pdf"),
]
