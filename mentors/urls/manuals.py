"""Skill manuals: found and watched, written, filmed, agreed to, approved, shared."""

from django.urls import path

from mentors.views.manuals import approving, clips, films, people, watching, writing

urlpatterns = [
    # found and watched
    path("manuals/", watching.manuals, name="manuals"),
    path("q/<slug:code>/", watching.step_label, name="step_label"),
    path("manuals/<int:pk>/", watching.manual, name="manual"),
    path("manuals/<int:pk>/<int:number>/<slug:what>/", watching.manual_media, name="manual_media"),
    path("manuals/<int:pk>/<int:number>/steps/<int:step>/", watching.step_still, name="step_still"),
    path("manuals/<int:pk>/watched/", watching.manual_watched, name="manual_watched"),
    path("manuals/<int:pk>/answer/", watching.manual_answer, name="manual_answer"),
    path("manuals/<int:pk>/result/", watching.manual_result, name="manual_result"),
    path("manuals/<int:pk>/watchers/", watching.manual_watchers, name="manual_watchers"),
    path("manuals/<int:pk>/labels/", approving.manual_labels, name="manual_labels"),
    path("manuals/<int:pk>/pack/", approving.manual_pack, name="manual_pack"),
    # written
    path("manuals/new/", writing.manual_new, name="manual_new"),
    path("manuals/<int:pk>/edit/", writing.manual_edit, name="manual_edit"),
    path("manuals/<int:pk>/version/", writing.version_new, name="version_new"),
    path("manuals/<int:pk>/steps/", writing.manual_steps, name="manual_steps"),
    path("manuals/<int:pk>/clips/", clips.manual_clips, name="manual_clips"),
    path("manuals/steps/<int:pk>/", writing.step_edit, name="step_edit"),
    path("manuals/steps/<int:pk>/<slug:verb>/", writing.step_act, name="step_act"),
    path("manuals/<int:pk>/captions/", writing.manual_captions, name="manual_captions"),
    path("manuals/<int:pk>/captions/import/", writing.captions_import, name="captions_import"),
    path("manuals/<int:pk>/captions.<slug:kind>", writing.captions_file, name="captions_file"),
    path("manuals/<int:pk>/questions/", writing.manual_questions, name="manual_questions"),
    path("manuals/questions/<int:pk>/remove/", writing.question_remove, name="question_remove"),
    # filmed
    path("manuals/<int:pk>/film/", films.film, name="film"),
    path("manuals/<int:pk>/film/link/", films.film_link, name="film_link"),
    path("manuals/<int:pk>/film/length/", films.film_length, name="film_length"),
    path("manuals/<int:pk>/film/begin/", films.film_begin, name="film_begin"),
    path("films/<int:pk>/part/", films.film_part, name="film_part"),
    path("films/<int:pk>/finish/", films.film_finish, name="film_finish"),
    path("films/<int:pk>/drop/", films.film_drop, name="film_drop"),
    path("films/<int:pk>/", films.film_state, name="film_state"),
    # in the picture
    path("manuals/<int:pk>/people/", people.manual_people, name="manual_people"),
    path("manuals/<int:pk>/nobody/", people.manual_nobody, name="manual_nobody"),
    path("manuals/<int:pk>/drawings/", people.drawing_add, name="drawing_add"),
    path("manuals/drawings/<int:pk>/remove/", people.drawing_remove, name="drawing_remove"),
    path("appearances/<int:pk>/", people.appearance, name="appearance"),
    path("appearances/<int:pk>/back/", people.appearance_back, name="appearance_back"),
    path("appearances/<int:pk>/act/<slug:verb>/", people.appearance_act, name="appearance_act"),
    # approved, shared
    path("manuals/<int:pk>/approval/", approving.manual_approval, name="manual_approval"),
    path("manuals/<int:pk>/hand-in/", approving.manual_hand_in, name="manual_hand_in"),
    path("manuals/<int:pk>/publish/", approving.manual_publish, name="manual_publish"),
    path("approvals/<int:pk>/answer/", approving.approval_answer, name="approval_answer"),
    path("approvals/<int:pk>/replace/", approving.approval_replace, name="approval_replace"),
    path("manuals/<int:pk>/withdraw/", approving.manual_withdraw, name="manual_withdraw"),
    path("manuals/<int:pk>/review/", approving.manual_review, name="manual_review"),
    path("manuals/<int:pk>/sharing/", approving.manual_sharing, name="manual_sharing"),
    path("manuals/<int:pk>/sharing/add/", approving.share_add, name="share_add"),
    path("manuals/<int:pk>/sharing/<int:share>/end/", approving.share_end, name="share_end"),
    path("manuals/<int:pk>/keeper/", approving.keeper_change, name="keeper_change"),
    path("manuals/<int:pk>/versions/", approving.manual_versions, name="manual_versions"),
]
