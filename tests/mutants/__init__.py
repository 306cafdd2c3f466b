"""Mutation testing of the money-and-dates core: script/mutate changes the rules one place at a time and sees which tests notice."""
