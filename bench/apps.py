"""What is measured, and the command that measures it."""

from django.apps import AppConfig


class BenchConfig(AppConfig):
    name = "bench"
