"""What was written out once is another thing as soon as the site that wrote it is another."""

import os

from firms.web import kept


def site(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    (tmp_path / "app").mkdir()
    for name in ("apps.py", "views.py", "page.html", "figures.toml", "notes.txt"):
        (tmp_path / "app" / name).write_text("one")


def released():
    kept.release_of.cache_clear()
    return kept.release()


def test_a_release_is_the_same_as_long_as_nothing_changes(tmp_path, settings):
    site(tmp_path, settings)

    assert released() == released()


def test_code_templates_and_figures_make_another_release(tmp_path, settings):
    site(tmp_path, settings)
    seen = [released()]

    for name in ("views.py", "page.html", "figures.toml"):
        (tmp_path / "app" / name).write_text("two words")
        seen.append(released())
    os.utime(tmp_path / "app" / "figures.toml", (1, 1))
    seen.append(released())

    assert len(set(seen)) == 5


def test_what_pages_are_not_made_of_makes_none(tmp_path, settings):
    site(tmp_path, settings)
    before = released()

    (tmp_path / "app" / "notes.txt").write_text("two words")

    assert released() == before


def test_settings_that_pages_show_make_another_release(tmp_path, settings):
    site(tmp_path, settings)
    before = released()

    settings.SITE_URL = "https://example.com"
    elsewhere = released()
    settings.DEMO = False

    assert len({before, elsewhere, released()}) == 3
