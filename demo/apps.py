"""The invented world: its people, what they did, and the command that loads it."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"
