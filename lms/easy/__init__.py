"""やさしい日本語: a second catalogue of Japanese for pages of employees, trialists and mentors, with ふりがな on every kanji.

`lines.toml` says the sentences anew, `readings.toml` how their words are read; `manage.py write_easy` makes the catalogue of both.
"""
